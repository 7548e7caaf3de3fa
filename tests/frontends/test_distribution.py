"""What a strategy runs builds models as the call itself would."""

import pytest

from shapecalc.api import analyze_source

PROGRAM = """
import numpy as np
import tensorflow as tf

strategy = tf.distribute.{strategy}
batch_size = 8 * strategy.num_replicas_in_sync
x = np.zeros((64, 5), "float32")
dataset = tf.data.Dataset.from_tensor_slices(x).batch(batch_size)
dataset = strategy.experimental_distribute_dataset(dataset)

with strategy.scope():
    model = tf.keras.Sequential([tf.keras.layers.Dense(3)])

def step(inputs):
    return tf.reduce_sum(model(inputs))

@tf.function
def distributed(inputs):
    losses = strategy.run(step, args=(inputs,))
    return strategy.reduce(tf.distribute.ReduceOp.SUM, losses, axis=None)

for batch in dataset:
    distributed(batch)
"""


@pytest.mark.parametrize("strategy", ["MirroredStrategy()", "get_strategy()"])
def test_a_model_is_built_by_what_a_strategy_runs(strategy):
    (model,) = analyze_source(PROGRAM.format(strategy=strategy)).models
    assert (model.summary.params.total, model.summary.params.exact) == (18, True)
    assert not analyze_source(PROGRAM.format(strategy=strategy)).diagnostics
