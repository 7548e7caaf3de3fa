from keras import Input

i = Input((4,), None, None, None, None, None, None, None, None, None)  #! SHC213
