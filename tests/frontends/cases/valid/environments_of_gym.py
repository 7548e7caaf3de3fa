# oracle: none, Gymnasium is no part of Keras
import gym as old
import gymnasium as gym
import keras
from keras import layers

env = gym.make("CartPole-v1", render_mode="rgb_array")
actor = keras.Sequential([layers.Dense(8, input_shape=env.observation_space.shape), layers.Dense(env.action_space.n)])  #: (None, 8) | (None, 2) | params=58

seen, info = env.reset(seed=1)
critic = keras.Sequential([layers.Dense(8), layers.Dense(1)])  #: (1, 8) | (1, 1) | params=49
critic(seen[None])

game = old.make("BreakoutNoFrameskip-v4")
pixels = layers.Input(game.observation_space.shape)
out = layers.Dense(game.action_space.n)(layers.GlobalAveragePooling2D()(pixels))  #: (None, 4) params=16 | (None, 3) params=0
eye = keras.Model(pixels, out)  #: in=(None, 210, 160, 3) out=(None, 4)

swing = gym.make("Pendulum-v1")
arm = keras.Sequential([keras.Input(swing.observation_space.shape), layers.Dense(swing.action_space.shape[0])])  #: (None, 3) | (None, 1) | params=4

lake = gym.make("FrozenLake-v1", map_name="8x8")
odd = keras.Sequential([keras.Input((4,)), layers.Dense(lake.action_space.n)])  #: (None, 4) | (None, lake.action_space.n) | params=5*lake.action_space.n
