"""`welfare train-linkage`: a model that reads like the shipped one, from made-up people, with charts and a table."""

import json
from pathlib import Path

import pytest

from welfare_pipeline.cli.entry import main
from welfare_pipeline.cli.train_linkage import HALVES, command
from welfare_pipeline.linkage.model import SIZES, comparisons_version, load_model, read_model, shipped_content
from welfare_pipeline.training import learning as training
from welfare_pipeline.training.bounds import bounded


@pytest.fixture
def learned() -> training.Training:
    """A training that found other weights than the shipped ones."""
    content = shipped_content()
    weights = {half: {name: [1.0] * size for name, size in SIZES.items()} for half in ("population", "family")}
    return training.Training(content | {"version": "new", "weights": weights}, {"population": 5, "family": 3})


def test_the_half_that_is_not_learned_stays_as_shipped(learned: training.Training) -> None:
    model, shipped = read_model(learned.only("family").content), load_model()
    assert model.version == "new"
    for name, size in SIZES.items():
        assert model.weights[name] == [*shipped.weights[name][:size], *([1.0] * size)]


def test_the_shipped_model_says_what_it_was_made_of_and_that_is_what_the_command_makes_by_itself() -> None:
    """Without options, `welfare train-linkage` gives the shipped file again: it is named as that and made as that."""
    shipped = shipped_content()
    usual = {option.name: option.default for option in command.params}
    for half in HALVES:
        made_of = shipped["trained_on"][half]
        assert {key: made_of[key] for key in ("scale", "seed", "noise", "district")} == {
            key: usual[key] for key in ("scale", "seed", "noise", "district")
        }
    assert shipped["comparisons"] == comparisons_version(), "comparisons have changed: train the model anew"
    assert shipped["trained_by"].keys() == {"splink", "duckdb", "numpy", "polars"}
    assert shipped["weights"] == bounded(shipped["weights"]), "no weight lies above its bound"


def test_an_agreement_weighs_no_more_than_a_stronger_one() -> None:
    flat = {half: {"number_birth": [9.0] * 50, "mother": [1.0] * 6} for half in HALVES}
    flat["population"]["number_birth"][5 * 3 + 3] = 30.0
    flat["family"]["mother"][5] = 8.0
    weights = bounded(flat)
    assert weights["population"]["number_birth"][5 * 3 + 3] == 9.0
    assert weights["family"]["mother"] == [1.0, 1.0, 1.0, 1.0, 1.0, 2.0]


def test_a_model_is_learned_from_made_up_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(training, "STRANGERS", 200)
    for folder in ("again", "new"):
        out = str(tmp_path / folder)
        monkeypatch.setattr("sys.argv", ["welfare", "train-linkage", "--scale", "0.01", "--out", out])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
    content = json.loads((tmp_path / "new" / "model.json").read_text("utf-8"))
    model = read_model(content)
    name, number = model.weights["name"], model.weights["number_birth"]
    assert model.version != load_model().version
    assert name[1] < 0 < name[SIZES["name"] - 1], "an equal name speaks for one person, another against"
    assert number[6] < 0 < number[24], "so do NIK and birth date"
    assert content["trained_on"]["family"]["pairs"] > 100
    assert (tmp_path / "again" / "model.json").read_bytes() == (tmp_path / "new" / "model.json").read_bytes()
    told = capsys.readouterr().out
    assert "NIK equal, birth date equal" in told
    assert "made-up" in told
    for half in ("population", "family"):
        assert "NIK equal, birth date equal" in (tmp_path / "new" / f"match_weights_{half}.html").read_text("utf-8")
