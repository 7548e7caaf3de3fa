from keras import Input

i = Input((4,), 32, 3)  #! SHC213 `3`
