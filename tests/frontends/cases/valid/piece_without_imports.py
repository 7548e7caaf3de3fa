# oracle: none, a piece of a program that does not import what it uses
model = Sequential()  #: params=6236 out=(None, 17, 28) #! SHC103
model.add(Conv1D(64, 3, activation="relu", input_shape=(72, 1)))  #! SHC103
model.add(MaxPooling1D(4))  #! SHC103
model.add(Dense(64, activation="relu"))  #! SHC103
model.add(Dense(28))
