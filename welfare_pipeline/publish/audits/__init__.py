"""Field checks: a stratified random sample of a month, its workbook, and its inclusion probabilities in the lake."""

from welfare_pipeline.publish.audits.sampling import DrawnSample, draw_sample

__all__ = ["DrawnSample", "draw_sample"]
