"""Checks of how networks are built, where Keras itself has nothing to say."""
