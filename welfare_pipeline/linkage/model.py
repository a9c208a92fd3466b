"""The linkage model: what each kind of agreement is worth, in bits of evidence. Shipped as `model.json`.

A run uses the fixed model, so results do not drift; `training.py` makes a new one.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from math import log2
from typing import Any

from welfare_pipeline.linkage.comparisons import fields

# So many times rarer may several shared words be than any name was seen to be; a mother's name was told, not read.
SEVERAL_WORDS = {"name": 4096, "mother": 64}
WHOLE_NAMES = 4  # the levels from here on compare whole names, those below words of them
LEAST_M = 1e-5  # agreement rarer than the made-up people could show


@dataclass(frozen=True)
class Comparison:
    """One field, or fields that depend on each other, and the levels of agreement that are declared for it.

    `weights`: the list of the model that holds its weights by code; `sql` gives the code. `levels` are (code, words),
    strongest first; every other code says nothing here. `within_family`: whether it counts between people of one card.
    """

    name: str
    weights: str
    sql: str
    levels: tuple[tuple[int, str], ...]
    within_family: bool = True


def _crossed(field: str, other: str, start: int = 0) -> tuple[tuple[int, str], ...]:
    """Levels of two known fields together, strongest first; the code counts through both, missing included."""
    first, second = fields()[field].levels, fields()[other].levels
    size = len(second)
    pairs = [(start + i * size + j, f"{first[i]}, {second[j]}") for i in range(1, len(first)) for j in range(1, size)]
    return tuple(reversed(pairs))


def _listed(field: str, step: int = 1, start: int = 0) -> tuple[tuple[int, str], ...]:
    words = fields()[field].levels
    return tuple(reversed([(start + i * step, words[i]) for i in range(1, len(words))]))


# A NIK is made of birth date and place, and a card stands for a village: what depends on each other is compared
# jointly, and each by itself where the other is missing; within one sub-district, the place in the NIK says nothing
# new.
COMPARISONS: tuple[Comparison, ...] = (
    Comparison("number_birth", "number_birth", "number_birth_code", _crossed("nik", "birth")),
    Comparison("number_birth_near", "number_birth", "number_birth_code", _crossed("nik", "birth", 25)),
    Comparison("number", "number_birth", "number_birth_code", _listed("nik", 5)),
    Comparison("number_near", "number_birth", "number_birth_code", _listed("nik", 5, 25)),
    Comparison("birth", "number_birth", "number_birth_code", _listed("birth")),
    Comparison("birth_near", "number_birth", "number_birth_code", _listed("birth", 1, 25)),
    Comparison("name", "name", "name_level", _listed("name")),
    Comparison("mother", "mother", "mother_level", _listed("name")),
    Comparison("sex", "sex", "sex_level", _listed("sex")),
    Comparison("card_village", "card_village", "card_village_code", _crossed("card", "village"), within_family=False),
    Comparison("card", "card_village", "card_village_code", _listed("card", 4), within_family=False),
    Comparison("village", "card_village", "card_village_code", _listed("village"), within_family=False),
)
SIZES = {"number_birth": 50, "name": 6, "mother": 6, "sex": 3, "card_village": 16}


def comparisons_version() -> str:
    """What changes with any comparison or level: a model is of the comparisons it was trained with."""
    return hashlib.sha256(repr((COMPARISONS, SIZES)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Model:
    """Weights by level (log2 of how much likelier the level is for one person than for two)."""

    version: str
    weights: Mapping[str, Any]

    @property
    def family(self) -> dict[str, list[float]]:
        """The weights within a family, by list."""
        return {name: list(self.weights[name][size:]) for name, size in SIZES.items()}

    def parameters(self) -> dict[str, Any]:
        """The weights as parameters of `pair_scores.sql`."""
        return {
            **self.weights,
            **{f"{name}_size": size for name, size in SIZES.items()},
            "least_name_words": self.weights["least_share"] / SEVERAL_WORDS["name"],
            "least_mother_words": self.weights["least_share"] / SEVERAL_WORDS["mother"],
            "never": log2(LEAST_M),
        }


def load_model() -> Model:
    """The model this version ships."""
    return read_model(shipped_content())


def shipped_content() -> dict[str, Any]:
    """What stands in `model.json`: beside the weights, what they were learned from."""
    content: dict[str, Any] = json.loads(files("welfare_pipeline.linkage").joinpath("model.json").read_text("utf-8"))
    return content


def next_version() -> str:
    """What a newly trained model is called: the shipped version, counted on."""
    name, _, number = load_model().version.rpartition("-")
    return f"{name}-{int(number) + 1}" if number.isdigit() else f"{name}{number}-2"


def read_model(content: Mapping[str, Any]) -> Model:
    """The model of a trained file's content: for each comparison the weights outside, then within the family."""
    kinds = content["weights"]
    weights = {name: [*kinds["population"][name], *kinds["family"][name]] for name in SIZES}
    return Model(
        content["version"],
        {**weights, **{key: content[key] for key in ("name_share", "mother_share", "least_share")}},
    )
