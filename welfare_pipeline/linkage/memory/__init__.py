"""Who keeps which key from month to month, what people answered about two of them, and what a month remembers of both.

Before rows are linked, the answers and the keys that the month's people may have are recalled; then keys are given.
"""
