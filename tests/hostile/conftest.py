"""The two months that the tests of the command and of privacy look at; each is run once."""

import shutil
from pathlib import Path

import pytest

from tests.hostile.month import PERIOD, SOUND, SPOILT_DISTRICTS, Month, land_spoilt_districts, run_month
from tests.shared import made_once
from welfare_pipeline.lake import DataRoot


@pytest.fixture(scope="session")
def quiet_month(sample: DataRoot, tmp_path_factory: pytest.TempPathFactory) -> Month:
    """The sound district alone, under an umask that takes everything from others."""
    return made_once("quiet", lambda folder: run_month(_sound(folder, sample), 0o077, {}), tmp_path_factory)


@pytest.fixture(scope="session")
def hostile_month(sample: DataRoot, tmp_path_factory: pytest.TempPathFactory) -> Month:
    """The sound district beside hostile ones, under an umask that takes nothing from anybody."""

    def make(folder: Path) -> Month:
        root = _sound(folder, sample)
        return run_month(root, 0, land_spoilt_districts(root, SPOILT_DISTRICTS, seed=1))

    return made_once("hostile", make, tmp_path_factory)


def _sound(folder: Path, sample: DataRoot) -> DataRoot:
    root = DataRoot(folder / "data")
    shutil.copytree(sample.landing(PERIOD, SOUND), root.landing(PERIOD, SOUND))
    return root
