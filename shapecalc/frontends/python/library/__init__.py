"""Library models: what the functions of Python and of libraries do to abstract values."""
