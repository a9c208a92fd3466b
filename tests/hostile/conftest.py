"""The two months that the tests of the command and of privacy look at; each is run once."""

import shutil

import pytest

from tests.hostile.month import PERIOD, SOUND, SPOILT_DISTRICTS, Month, land_spoilt_districts, run_month
from welfare_pipeline.lake import DataRoot


@pytest.fixture(scope="session")
def quiet_month(sample: DataRoot, tmp_path_factory: pytest.TempPathFactory) -> Month:
    """The sound district alone, under an umask that takes everything from others."""
    root = DataRoot(tmp_path_factory.mktemp("quiet") / "data")
    shutil.copytree(sample.landing(PERIOD, SOUND), root.landing(PERIOD, SOUND))
    return run_month(root, 0o077, {})


@pytest.fixture(scope="session")
def hostile_month(sample: DataRoot, tmp_path_factory: pytest.TempPathFactory) -> Month:
    """The sound district beside hostile ones, under an umask that takes nothing from anybody."""
    root = DataRoot(tmp_path_factory.mktemp("hostile") / "data")
    shutil.copytree(sample.landing(PERIOD, SOUND), root.landing(PERIOD, SOUND))
    return run_month(root, 0, land_spoilt_districts(root, SPOILT_DISTRICTS, seed=1))
