"""Pages that follow from the rules: the layers, and what of Keras is covered.

`python -m shapecalc.documentation docs` writes them; a test fails while one is out of date.
"""
