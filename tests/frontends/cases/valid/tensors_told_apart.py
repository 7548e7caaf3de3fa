# A tensor of a graph is equal to itself alone.
from keras import Input, Model, layers

state, action = Input((4,)), Input((2,))
critic = Model([action, state], layers.Dense(1)(layers.concatenate([action, state])))  #: params=7
actor = Model(state, layers.Dense(2)(state))  #: params=10
taken = []
for i in critic.input:
    if i == action:
        taken.append([])
    else:
        taken.append(i)
taken[critic.input.index(action)] = actor(state)
both = Model(state, critic(taken))  #: params=17 out=(None, 1)
