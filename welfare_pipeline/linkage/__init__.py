"""Who is the same person, for people in the standard columns: normalised, compared, weighed, guarded, decided.

Nothing here knows a district, a file or another month: `people` brings them. `stages.py` has the order of everything.
"""
