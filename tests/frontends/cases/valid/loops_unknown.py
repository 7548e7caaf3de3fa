# oracle: none, how often the loops go round is not known before it runs
import os, sys
from keras import Input, Sequential, layers

for path in sys.argv:
    print(path)
    last = path

model = Sequential()  #: params=15 exact=yes
model.add(Input((4,)))
model.add(layers.Dense(3))
while True:
    line = sys.stdin.readline()
    if not line:
        break
    count = len(line)

grown = Sequential([Input((4,))])  #: (None, 4) | params=20 exact=no
for line in sys.stdin:  #! SHC103 `sys.stdin`
    grown.add(layers.Dense(4))  
