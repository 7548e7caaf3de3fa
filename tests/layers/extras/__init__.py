"""What a rule's declaration does not tell of its test cases: one table per family.

Each module here has a table `EXTRAS`, from a rule's name to an `Extra`. A rule needs an entry
if an argument is of the kind `Checked`, or if `takes` does not describe its inputs.
"""
