"""`welfare explain`: what the lake's tables say of a landed row. Nothing is computed; each part asks and words."""
