from keras import Input, Sequential, layers

def attempt(size):
    try:
        return Sequential([Input((8, 8, 1)), layers.Conv2D(4, size)])  #: (None, 8, 8, 1) | (None, 6, 6, 4) | params=40
    except ValueError as error:
        print("too large:", error)
        return None
    finally:
        print("tried")

model = attempt(3)
nothing = attempt(9)

try:
    layers.Dense(unit=3)
except (TypeError, ValueError):
    pass

try:
    layers.Reshape((5, 5))(Input((24,)))
except Exception:
    ok = True
assert ok
