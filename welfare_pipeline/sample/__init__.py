"""The made-up landing folder: three districts, two months, people with families, names and every known error.

`write_sample` writes it; `truth` keeps who is who, for benchmarks. Real data is never involved.
"""

from welfare_pipeline.sample.delivery import SampleFile, SampleReport, write_sample

__all__ = ["SampleFile", "SampleReport", "write_sample"]
