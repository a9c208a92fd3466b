"""Every hand-written check: what it asks, what its failure means and what to do. The questions are in `sql/`."""
