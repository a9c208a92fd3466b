"""The worked questions of docs/questions: each is one query that anybody may run on any `welfare.duckdb`."""

from pathlib import Path

import duckdb
import pytest
import sqlglot

from tests.end_to_end.deployment import Deployment
from welfare_pipeline.contracts.dictionary import dictionary
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.databases import publish_analysts

FOLDER = Path(__file__).parents[2] / "docs" / "questions"
QUESTIONS = sorted(FOLDER.glob("*.sql"))
OF_LATER_MONTHS = {"18-which-poor-households-are-ranked-too-high"}  # before 2025 nobody was ranked


def test_there_are_twenty_and_the_page_of_them_names_each_with_its_question() -> None:
    page = (FOLDER / "README.md").read_text("utf-8")
    assert [file.name[:2] for file in QUESTIONS] == [f"{number:02}" for number in range(1, 21)]
    for file in QUESTIONS:
        question = file.read_text("utf-8").split("?")[0].removeprefix("-- ")
        assert f"[{question}?]({file.name})" in page


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: file.stem)
def test_each_is_one_select_without_parameters_and_answers_of_the_newest_month(
    publication: Deployment, file: Path
) -> None:
    text = file.read_text("utf-8")
    [statement] = sqlglot.parse(text, read="duckdb")
    assert isinstance(statement, sqlglot.exp.Select)
    assert not [*statement.find_all(sqlglot.exp.Placeholder, sqlglot.exp.Parameter)]
    with duckdb.connect(publication.root.published / "welfare.duckdb", read_only=True) as con:
        answer = con.sql(text)
        months = {row[0] for row in answer.fetchall()}
    assert answer.columns[0] == "period"
    if "over-the-months" in file.stem:
        assert months == {"2021-10", "2021-11"}
    elif file.stem not in OF_LATER_MONTHS:
        assert months == {"2021-11"}


def test_an_empty_database_gives_no_answer_and_no_error(tmp_path: Path) -> None:
    with duckdb.connect(publish_analysts(DataRoot(tmp_path)), read_only=True) as con:
        assert [file.stem for file in QUESTIONS if con.sql(file.read_text("utf-8")).fetchall()] == []


def test_figures_of_questions_are_those_of_the_summary(publication: Deployment) -> None:
    def asked(stem: str, figures: str) -> list[tuple[object, ...]]:
        [file] = FOLDER.glob(f"{stem}-*.sql")
        return publication.ask(f"select {figures} from ({file.read_text('utf-8')})")

    [(off_target, recipients, to_verify)] = publication.ask(
        "select sum(off_target), sum(recipients), sum(to_verify) from district_summary where period = '2021-11'"
    )
    assert asked("01", "count(*)") == [(off_target,)]
    assert asked("02", "sum(recipients), sum(off_target)") == [(recipients, off_target)]
    assert asked("05", "sum(rows_first)") == [(off_target + to_verify,)]
    assert asked("06", "sum(families * programmes) >= max(families)") == [(True,)]


def test_the_example_of_each_table_runs_on_the_database_it_is_of(publication: Deployment) -> None:
    district = publication.root.published / "districts" / "1401.duckdb"
    for of in dictionary():
        path = publication.root.published / "welfare.duckdb" if of.is_for_analysts else district
        with duckdb.connect(path, read_only=True) as con:
            con.sql(of.example).fetchall()
