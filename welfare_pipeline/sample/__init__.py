"""The made-up landing folder: three districts, six months, people with families, names and every known error.

Two of the months are of DTKS, which listed the poor, four of DTSEN, which ranks everybody. `write_sample` writes them;
`truth` keeps who is who, for benchmarks. Real data is never involved.
"""

from welfare_pipeline.sample.delivery import SampleFile, SampleReport, write_sample
from welfare_pipeline.sample.profile import DTSEN_PERIODS, MAIN_PERIOD, PERIODS

__all__ = ["DTSEN_PERIODS", "MAIN_PERIOD", "PERIODS", "SampleFile", "SampleReport", "write_sample"]
