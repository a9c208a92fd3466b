"""The catalogue of words is whole in both languages, and names no code that is none."""

from importlib.resources import files

import pytest
from pydantic import ValidationError

from welfare_pipeline.contracts.code_lists import LISTS
from welfare_pipeline.contracts.policy_entries import legal_basis
from welfare_pipeline.contracts.sources import FIXED
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.contracts.vocabulary import Blocker
from welfare_pipeline.contracts.words import CATALOGUE, REASONS, Language, code_lists, read_catalogue

TEXT = files("welfare_pipeline.contracts").joinpath("words.toml").read_text("utf-8")


def test_every_code_has_words_in_both_languages() -> None:
    assert {name: {*codes} for name, codes in code_lists().items()} == {n: {*w} for n, w in CATALOGUE.words.items()}
    for language in Language:
        assert all(word.of(language) for words in CATALOGUE.words.values() for word in words.values())
    assert set(CATALOGUE.words["blocker"]) == set(Blocker)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("NO_E_KTP = {", "NO_E_KPT = {", "words.blocker.NO_E_KPT: no code of the vocabulary"),
        ("NO_E_KTP = {", "NO_E_KPT = {", "words.blocker.NO_E_KTP: missing"),
        ("[words.blocker]", "[words.blockers]", "words.blocker: missing"),
        (', id = "Belum rekam e-KTP." }', " }", "words.blocker.NO_E_KTP.id"),
        ("{in_brackets}", "{in_bracket}", "in_bracket} is no field"),
        ("limit {decile_limit}: {rows}", "limit {decile_limits}: {rows}", "{decile_limits} is no field"),
        ('certainty = "certain"', 'certainty = "surely"', "reasons.DECEASED.certainty"),
    ],
)
def test_a_catalogue_that_is_not_whole_is_refused(was: str, becomes: str, told: str) -> None:
    assert was in TEXT
    with pytest.raises(ValidationError, match=told.replace("{", r"\{").replace("}", r"\}")):
        read_catalogue(TEXT.replace(was, becomes))


def test_the_law_on_a_row_is_that_of_its_month() -> None:
    dated = '[{ from = "2020-01", text = "Permensos 3/2021" }, { from = "2025-07", text = "Permensos 3/2025" }]'
    written = TEXT.replace('"Programme guidelines (age range in the policy)"', dated, 1)
    basis = read_catalogue(written).reasons["AGE_OUT_OF_RANGE"].legal_basis
    months = ("2025-06", "2025-07", "2019-12")
    assert [legal_basis(basis, month) for month in months] == [
        "Permensos 3/2021", "Permensos 3/2025", "no legal basis known before 2020-01",
    ]  # fmt: skip


def test_the_summary_has_a_column_for_every_reason_of_the_catalogue() -> None:
    columns = [column.name for column in TABLE_BY_NAME["programme_summary"].columns]
    assert columns[-len(REASONS) :] == [reason.lower() for reason in REASONS]


def test_every_list_has_words_in_both_languages() -> None:
    assert tuple(source.name for source in FIXED) == LISTS
    assert [source.name for source in FIXED if bool(source.without_it) != bool(source.without_it_id)] == []
