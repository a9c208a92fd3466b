"""The sample's publication: made once, read by every story that only reads it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.at_once import AtOnce, run_at_once
from tests.end_to_end.deployment import Deployment, deployed
from tests.shared import made_once
from welfare_pipeline.lake import DataRoot

DOCS = Path(__file__).parents[2] / "docs"
PLAIN = ("--TemplateExporter.extra_template_basedirs", str(DOCS), "--template", "plain_page", "--no-input")
PATIENT = "--ExecutePreprocessor.startup_timeout=300"  # seconds, for a kernel that starts beside other tests


@pytest.fixture(scope="session")
def publication(sample: DataRoot, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """Two months of the sample as they are published; not to be changed."""
    return made_once("publication", lambda folder: deployed(sample, folder), tmp_path_factory)


@pytest.fixture(scope="session")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> AtOnce:
    """Kampar and Bengkalis, run by several processes at once; not to be changed."""
    return made_once("at_once", run_at_once, tmp_path_factory)


@pytest.fixture(scope="session")
def answers(publication: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebook of the docs, run on what is published and handed on as a page."""
    for package in ("ipykernel", "nbconvert", "vl_convert"):
        pytest.importorskip(package)

    def export(folder: Path) -> Path:
        nbconvert = [sys.executable, "-m", "nbconvert", "--execute", PATIENT, "--to", "html", *PLAIN]
        command = [*nbconvert, "--output-dir", str(folder)]
        there = os.environ | {"WELFARE_DATA": str(publication.root.path), "PYTHONWARNINGS": "ignore"}
        notebook = str(DOCS / "answers.ipynb")
        made = subprocess.run([*command, notebook], capture_output=True, text=True, check=False, env=there)
        assert made.returncode == 0, made.stderr
        return folder / "answers.html"

    return made_once("answers", export, tmp_path_factory)
