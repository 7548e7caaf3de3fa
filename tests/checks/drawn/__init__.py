"""Networks drawn at random, with one fault planted, written as programs."""
