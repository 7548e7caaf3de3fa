# keras #8823: too many values to unpack from a bidirectional LSTM
# kind: shape
import keras
from keras.layers import LSTM, Dense, Embedding, Input


def get_encoder(vocab, units):
    inp = Input(shape=(20,))
    e = Embedding(vocab, 50)(inp)
    out, h, c = LSTM(units, return_state=True)(e)
    return inp, [h, c]


inp, states = get_encoder(500, 16)
dec_in = Input(shape=(20,))
d = Embedding(500, 50)(dec_in)
d = LSTM(16)(d, initial_state=states)
model = keras.Model([inp, dec_in], Dense(500, activation="softmax")(d))
