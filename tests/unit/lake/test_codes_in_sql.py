"""A misspelt code in a query fails at once: where it is compared with, and where it is given to a column."""

from pathlib import Path

import pytest

import welfare_pipeline
from welfare_pipeline.lake import UnknownCodeError, check_codes, unknown_codes

PACKAGE = Path(welfare_pipeline.__file__).parent
QUERIES = {str(file.relative_to(PACKAGE)): file.read_text("utf-8") for file in sorted(PACKAGE.glob("**/*.sql"))}
MISSPELT = {
    "compared": "select 1 from outcomes where outcome = 'off_targt'",
    "compared from the right": "select 1 from outcomes where 'off_targt' <> outcomes.outcome",
    "compared where nothing is a value": "select 1 from outcomes where outcome is distinct from 'off_targt'",
    "in a list": "select 1 from outcomes where outcome in ('on_target', 'off_targt')",
    "behind coalesce": "select 1 from outcomes where coalesce(outcome, '') = 'off_targt'",
    "in a case of the column": "select case outcome when 'off_targt' then 1 end from outcomes",
    "counted": "select count(*) filter (outcome = 'off_targt') from outcomes",
    "given": "select 'off_targt' as outcome",
    "given by a case": "select case when x then 'on_target' else 'off_targt' end as outcome from one",
    "given by if": "select if(x, 'off_targt', 'on_target') as outcome from one",
    "given for nothing": "select coalesce(outcome, 'off_targt') as outcome from one",
}


@pytest.mark.parametrize("query", MISSPELT.values(), ids=MISSPELT.keys())
def test_a_misspelt_code_is_found_and_a_right_one_is_not(query: str) -> None:
    assert unknown_codes(query) == {("outcome", "off_targt")}
    assert unknown_codes(query.replace("off_targt", "off_target")) == set()
    with pytest.raises(UnknownCodeError, match="'off_targt' is no code of column outcome"):
        check_codes("outcomes", query)


def test_what_a_column_of_free_text_is_given_is_nobodys_business() -> None:
    assert unknown_codes("select 'card empty: ' || day as evidence, 'kg' as unit from prices") == set()


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_names_codes_of_the_vocabulary_only(name: str) -> None:
    assert unknown_codes(QUERIES[name]) == set()


def test_the_rules_would_not_survive_a_slip_of_the_pen() -> None:
    slips = {"'off_target'": "'off_targt'", "'certain'": "'certin'", "'same'": "'sam'", "'MD'": "'MT'"}
    for right, wrong in slips.items():
        using = [name for name, query in QUERIES.items() if name.startswith("reconcile") and right in query]
        unseen = [name for name in using if not unknown_codes(QUERIES[name].replace(right, wrong))]
        assert unseen == [], right
