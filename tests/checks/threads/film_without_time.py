# keras #9763: expected ndim=5, found ndim=4 from Bidirectional
# kind: shape
from keras.layers import Bidirectional, Conv2D, ConvLSTM2D, Input
from keras.models import Model


class BDCLSTM:
    def __init__(self, img_rows=64, img_cols=64):
        self.img_rows = img_rows
        self.img_cols = img_cols

    def get_bdclstm(self):
        inputs = Input((self.img_rows, self.img_cols, 1))
        conv1 = Bidirectional(ConvLSTM2D(16, 3, padding="same"))(inputs)  #! SHC202
        out = Conv2D(1, 1, activation="sigmoid")(conv1)
        return Model(inputs, out)


model = BDCLSTM().get_bdclstm()
