from keras import Input, Model, layers

i = Input(shap=(3,), shape=(3,))  #! SHC211 `shap=(3,)`
m = Model(i, layers.Dense(3)(i))  #: params=12
