"""Learning the weights of the linkage model, for `welfare train-linkage`; no month of a district runs any of it.

What is compared, and how weights decide, belongs to `linkage`, where the learned model is kept (`model.json`).
"""
