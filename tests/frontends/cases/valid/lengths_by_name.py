# oracle: none, the data are not there
import keras
from keras import layers
from somewhere import cfg, texts

longest = max(len(text) for text in texts)
words = keras.Input(shape=(longest,))
model = keras.Model(words, layers.Dense(3)(words))  #: params=(3*longest + 3) in=(None, longest)

stack = keras.Sequential([layers.Dense(4, input_dim=longest), layers.Dense(longest)])  #: (None, 4) params=(4*longest + 4) | (None, longest) params=5*longest | params=(9*longest + 4)

sizes = (longest, 3)
held = keras.Sequential([layers.Flatten(input_shape=sizes), layers.Dense(2)])  #: (None, 3*longest) | (None, 2) | params=(6*longest + 2)

picture = keras.Input((cfg.height, cfg.width, 3))
flat = keras.Model(picture, layers.Dense(1)(layers.Flatten()(picture)))  #: params=(3*cfg.height*cfg.width + 1)

rows = keras.Sequential([keras.Input((12,)), layers.Reshape((longest, 4)), layers.Dense(2)])  #: (None, 12) | (None, longest, 4) | (None, longest, 2) params=10 | params=10
told = keras.Sequential([layers.Embedding(9, 2, input_length=longest), layers.Flatten()])  #: (None, longest, 2) | (None, 2*longest) | params=18

# What may be no length at all gets no name.
whole = keras.Input(cfg.shape)  #! SHC103
lost = keras.Model(whole, layers.Dense(2)(whole))  #: exact=no
some = [longest, *cfg.more]  #! SHC103
open_end = keras.Input(some)
ended = keras.Model(open_end, layers.Dense(2)(open_end))  #: exact=no
