"""`welfare train-linkage`: a model that reads like the shipped one, from made-up people, with charts and a table."""

import json
from pathlib import Path

import pytest

from welfare_pipeline.cli.entry import main
from welfare_pipeline.linkage import training
from welfare_pipeline.linkage.model import SIZES, load_model, read_model, shipped_content


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
