"""The notebook of docs, run on what is published and handed on as a page."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.deployment import Deployment

DOCS = Path(__file__).parents[2] / "docs"
PLAIN = ("--TemplateExporter.extra_template_basedirs", str(DOCS), "--template", "plain_page", "--no-input")


def test_the_notebook_draws_five_answers_on_a_page_without_scripts(publication: Deployment, tmp_path: Path) -> None:
    pytest.importorskip("ipykernel")
    pytest.importorskip("nbconvert")
    pytest.importorskip("vl_convert")
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", *PLAIN, "--output-dir", str(tmp_path)]
    there = os.environ | {"WELFARE_DATA": str(publication.root.path), "PYTHONWARNINGS": "ignore"}
    made = subprocess.run(
        [*command, str(DOCS / "answers.ipynb")], capture_output=True, text=True, check=False, env=there
    )
    assert made.returncode == 0, made.stderr
    page = (tmp_path / "answers.html").read_text("utf-8")
    assert page.count("<svg") == 5
    assert not re.search(r"<script|javascript:|\son\w+=", page, re.IGNORECASE)
    assert {*re.findall(r"https?://[\w.]+", page)} == {"http://www.w3.org"}  # names of SVG, nothing that is fetched
    assert "Kabupaten Kampar" in page
    assert not re.search(r"\b\d{16}\b", page)
