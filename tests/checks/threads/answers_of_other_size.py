# keras #4702: dimension incompatibility using dot mode: 64 != 32
# kind: shape
from keras.layers import Activation, Dot, Embedding, Input
from keras.models import Model

story_maxlen, query_maxlen, vocab_size = 68, 4, 22
input_sequence = Input((story_maxlen,))
question = Input((query_maxlen,))
input_encoded_m = Embedding(vocab_size, 64)(input_sequence)
question_encoded = Embedding(vocab_size, 32)(question)
match = Dot(axes=(2, 2))([input_encoded_m, question_encoded])  #! SHC203
match = Activation("softmax")(match)
model = Model([input_sequence, question], match)
