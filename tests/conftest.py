"""Settings that every test shares."""

import os

from hypothesis import Phase, settings

# The live oracle reads this when it is imported; with jax a model builds in half the time.
os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

# No deadlines: the oracle's first call compiles, and machines differ.
settings.register_profile("dev", max_examples=50, deadline=None)
# What CI draws is the same every time: chance belongs to the long runs.
settings.register_profile("ci", max_examples=200, deadline=None, print_blob=True, derandomize=True)
settings.register_profile("long", max_examples=1000, deadline=None, print_blob=True)
# What CI draws, with a fault planted: it is noticed once an example fails, and nobody reads the
# smallest.
settings.register_profile(
    "mutants", settings.get_profile("ci"), phases=[Phase.explicit, Phase.generate]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
