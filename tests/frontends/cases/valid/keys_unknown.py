# oracle: none, the words come from a file
# Dicts and sets that data fill have a length that only the data know.
from collections import defaultdict
from keras import Input, Sequential, layers

import pandas

words = open("words.txt").read().split()

index = {}
for word in words:
    if word not in index:
        index[word] = 1
one = Sequential([Input((3,)), layers.Dense(len(index))])  #: params=4*len(index) exact=yes

letters = set()
for word in words:
    for letter in word:
        if letter not in letters:
            letters.add(letter)
two = Sequential([Input((3,)), layers.Dense(len(letters))])  #: params=4*len(letters)

counts = defaultdict(int)
for word in words:
    counts[word] += 1
three = Sequential([Input((3,)), layers.Dense(len(counts))])  #: params=4*len(counts)

vocabulary = set()
frame = pandas.read_csv("table.csv")
frame["words"].apply(vocabulary.update)
four = Sequential([Input((3,)), layers.Dense(len(vocabulary))])  #: params=4*len(vocabulary)

named = {"a": 1}
named[words[0]] = 2
named.pop(words[1])
five = Sequential([Input((3,)), layers.Dense(len(named))])  #: params=4*len(named)
before = len(named)
named["b"] = 3
six = Sequential([Input((3,)), layers.Dense(len(named) - before + 1)])  #: params=(4*(len(named)#2) - 4*len(named) + 4)

import numpy

ways = {0: "a", 1: "b"}
chosen = ways[numpy.random.randint(0, 2, (3,))[0]]
seven = Sequential([Input((3,)), layers.Dense(2)])  #: params=8
letters = layers.StringLookup(vocabulary=["a", "b", "c"])
eight = Sequential([Input((3,)), layers.Dense(letters.vocabulary_size())])  #: params=16
