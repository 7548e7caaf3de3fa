# oracle: none, arguments of Keras 1 and 2
from keras.models import Sequential, Model
from keras.layers import Dense, Convolution2D, MaxPooling2D, Embedding, Input, Flatten, Activation
from keras.layers.recurrent import LSTM
from keras.layers.convolutional import ZeroPadding2D
from keras.regularizers import l2

model = Sequential()  #: out=(None, 10)
model.add(Convolution2D(32, 3, 3, border_mode='same', input_shape=(28, 28, 1), init='he_normal', activation='relu'))  #: (None, 28, 28, 32) params=320  #! SHC417 `border_mode`
model.add(Convolution2D(nb_filter=16, nb_row=5, nb_col=3, border_mode='valid', subsample=(2, 2), W_regularizer=l2(0.01), bias=False))  #: (None, 12, 13, 16) params=7680  #! SHC417 `nb_filter`
model.add(MaxPooling2D(pool_size=(2, 2), strides=(2, 2), border_mode='same', dim_ordering='tf'))  #: (None, 6, 7, 16)  #! SHC417 `border_mode`
model.add(Flatten())  #: (None, 672)
model.add(Dense(output_dim=64, init='uniform', W_regularizer=l2(1e-4), b_regularizer=None))  #: (None, 64) params=43072  #! SHC417 `output_dim`
model.add(Activation('relu'))  #: (None, 64)
model.add(Dense(10, input_dim=64, activation='softmax'))  #: (None, 10) params=650

text = Sequential()  #: out=(None, 32) params=1104
text.add(Embedding(input_dim=100, output_dim=4, input_length=7))  #: (None, 7, 4) params=400
text.add(LSTM(output_dim=8, inner_activation='sigmoid', dropout_W=0.2, dropout_U=0.2))  #: (None, 8) params=416  #! SHC417 `output_dim`
text.add(Dense(32, init='glorot_uniform', batch_input_shape=(None, 8)))  #: (None, 32) params=288  #! SHC417 `init`
