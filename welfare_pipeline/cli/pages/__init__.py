"""Dagster's web pages as `welfare ui` serves them: the processes behind them, and the guard in front of them."""
