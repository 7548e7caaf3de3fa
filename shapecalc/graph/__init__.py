"""The model as data: tensors, layer calls, models, totals."""
