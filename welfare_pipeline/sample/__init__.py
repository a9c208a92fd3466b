"""The made-up landing folder: three districts, three months, people with families, names and every known error.

One of the months is after DTKS became DTSEN. `write_sample` writes them; `truth` keeps who is who, for benchmarks.
Real data is never involved.
"""

from welfare_pipeline.sample.delivery import SampleFile, SampleReport, write_sample
from welfare_pipeline.sample.profile import MAIN_PERIOD

__all__ = ["MAIN_PERIOD", "SampleFile", "SampleReport", "write_sample"]
