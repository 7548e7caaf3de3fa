# wanasit/katakana #1: the states of a bidirectional encoder for a decoder of half the size
# kind: shape
import numpy as np
from keras.layers import LSTM, Bidirectional, Concatenate, Dense, Input
from keras.models import Model

latent_dim = 16
encoder_inputs = Input(shape=(None, 30))
encoder = Bidirectional(LSTM(latent_dim, return_state=True))
encoder_outputs, forward_h, forward_c, backward_h, backward_c = encoder(encoder_inputs)
state_h = Concatenate()([forward_h, backward_h])
state_c = Concatenate()([forward_c, backward_c])

decoder_inputs = Input(shape=(None, 40))
decoder_lstm = LSTM(latent_dim * 2, return_sequences=True, return_state=True)
decoded, _, _ = decoder_lstm(decoder_inputs, initial_state=[state_h, state_c])
decoded = Dense(40, activation="softmax")(decoded)
model = Model([encoder_inputs, decoder_inputs], decoded)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy")
model.fit([np.zeros((4, 9, 30)), np.zeros((4, 7, 40))], np.zeros((4, 7, 40)))
