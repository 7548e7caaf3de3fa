from keras import layers

x = layers.Flatten("channels_last", 3)  #! SHC213
