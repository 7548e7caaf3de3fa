# keras #16985: expected ndim=3, found ndim=4 behind an embedding
# kind: shape
from keras import Input, Model
from keras.layers import LSTM, Concatenate, Dense, Dropout, Embedding, Flatten


def define_model(vocab_size, max_length):
    input_texts = Input(shape=(max_length,))
    embed = Embedding(vocab_size, 20)(input_texts)
    drop1 = Dropout(0.5)(embed)
    lstm1 = LSTM(32, return_sequences=True)(drop1)
    dense1 = Dense(10, activation="relu")(Flatten()(lstm1))
    input_parties = Input(shape=(1,))
    concat = Concatenate()([dense1, input_parties])
    outputs = Dense(vocab_size, activation="softmax")(concat)
    return Model(inputs=[input_texts, input_parties], outputs=outputs)


model = define_model(1109, 72)
