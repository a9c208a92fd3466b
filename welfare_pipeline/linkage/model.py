"""The linkage model: what each kind of agreement is worth, in bits of evidence. Shipped as `model.json`.

A run uses the fixed model, so results do not drift; nothing is trained here.
"""

import json
from dataclasses import dataclass
from importlib.resources import files
from math import log2
from typing import Any


@dataclass(frozen=True)
class Model:
    """Weights by level (log2 of how much likelier the level is for one person than for two)."""

    version: str
    weights: dict[str, Any]

    def parameters(self, reference_rows: int, expected_share: float) -> dict[str, Any]:
        """The weights and priors as parameters of `pair_scores.sql`.

        `reference_rows`: people a row is compared with; `expected_share`: share of rows that are one of them.
        """
        return {
            **self.weights,
            "population_prior": log2(expected_share / max(reference_rows, 1)),
            "family_prior": log2(expected_share / FAMILY_SIZE),
        }


FAMILY_SIZE = 4


def load_model() -> Model:
    """The model this version ships."""
    content = json.loads(files("welfare_pipeline.linkage").joinpath("model.json").read_text("utf-8"))
    fields = ("number_birth", "name", "mother", "sex", "card_village")
    weights = {field: _flat(content[field]) for field in fields}
    return Model(content["version"], {**weights, "name_share": content["name_share"]})


def _flat(values: list[Any]) -> list[float]:
    return [float(x) for value in values for x in (_flat(value) if isinstance(value, list) else [value])]
