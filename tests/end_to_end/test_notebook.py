"""The notebook of docs, run on what is published and handed on as a page."""

import re
from pathlib import Path


def test_the_notebook_draws_five_answers_on_a_page_without_scripts(answers: Path) -> None:
    page = answers.read_text("utf-8")
    assert page.count("<svg") == 5
    assert not re.search(r"<script|javascript:|\son\w+=", page, re.IGNORECASE)
    assert {*re.findall(r"https?://[\w.]+", page)} == {"http://www.w3.org"}  # names of SVG, nothing that is fetched
    assert "Kabupaten Kampar" in page
    assert not re.search(r"\b\d{16}\b", page)
