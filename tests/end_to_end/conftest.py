"""The sample's publication: made once, read by every story that only reads it."""

import pytest

from tests.end_to_end.deployment import Deployment, deployed
from tests.shared import made_once
from welfare_pipeline.lake import DataRoot


@pytest.fixture(scope="session")
def publication(sample: DataRoot, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """Two months of the sample as they are published; not to be changed."""
    return made_once("publication", lambda folder: deployed(sample, folder), tmp_path_factory)
