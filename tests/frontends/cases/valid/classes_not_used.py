# oracle: none, Keras is never asked to make what nobody makes
# Classes that make models, of which this file makes no object.
from keras import Input, Model, Sequential, layers


class Agent:
    def __init__(self, actions=4):
        self.actions = actions
        self.model = self.network()

    def network(self):
        return Sequential([Input((3,)), layers.Dense(self.actions)])  #: params=16

    def critic(self, width):
        x = Input((5,))
        return Model(x, layers.Dense(width)(x))  #: params=6*width

    def choose(self, state):
        return self.model.predict(state)


class Used:
    def network(self):
        return Sequential([Input((3,)), layers.Dense(2)])  #: params=8


m = Used().network()
