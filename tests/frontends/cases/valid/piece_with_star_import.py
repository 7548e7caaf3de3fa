# oracle: none, what it imports is not there
# What `import *` may have bound is not taken for Keras's.
from keras_contrib_of_ours import *

model = Sequential()
model.add(Dense(3, input_dim=2))
# expects nothing
