"""The boundaries of a district's villages, where its office has landed them: `data/boundaries/<district>.geojson`.

A property whose values are 10-digit village codes (dots allowed) says which village a shape is.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LARGEST = 50_000_000  # bytes; a file of a district's villages has less
_DIGITS = 10
_FINEST = 600  # a shape's points stand no closer than this part of the map's longer side


@dataclass(frozen=True)
class Boundaries:
    """The shapes of villages, each with its `village_code`; or the sentence why there are none (empty: none landed)."""

    features: Sequence[Mapping[str, Any]] = ()
    refused: str = ""


def read_boundaries(path: Path, villages: Sequence[str]) -> Boundaries:
    """The shapes of these villages of a district, thinned to what print can show; never an error."""
    if not path.is_file():
        return Boundaries()
    shapes = _shapes(path)
    if isinstance(shapes, str):
        return _refused(path, shapes)
    named = _named(shapes)
    if named is None:
        return _refused(path, "tidak ada kolom yang berisi kode desa 10 angka pada setiap bentuk")
    own = [shape for shape in named if shape["village_code"] in {*villages}]
    if len(own) < len(named) / 2 or len(own) < len(villages) / 2:
        told = f"hanya {len(own)} dari {len(villages)} desa kabupaten/kota ini ada di dalamnya"
        return _refused(path, told)
    return Boundaries(_thinned(own))


def _refused(path: Path, why: str) -> Boundaries:
    return Boundaries(refused=f"Peta tidak digambar: berkas batas wilayah {path.name} tidak cocok, {why}.")


def _shapes(path: Path) -> list[dict[str, Any]] | str:
    try:
        if path.stat().st_size > LARGEST:
            return "berkasnya terlalu besar"
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return "berkasnya bukan GeoJSON yang dapat dibaca"
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not features or not all(map(_is_area, features)):
        return "isinya bukan kumpulan bidang (Polygon atau MultiPolygon)"
    return features


def _is_area(feature: object) -> bool:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return False
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return False
    try:
        rings = [*_rings(geometry)]
        return bool(rings) and all(isinstance(value, (int, float)) for ring in rings for p in ring for value in p[:2])
    except (TypeError, KeyError, IndexError):
        return False


def _rings(geometry: Mapping[str, Any]) -> Iterator[list[list[float]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield from polygon


def _named(shapes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]] | None:
    """The shapes with their village codes, by the first property that has one for each of them."""
    for key in shapes[0]["properties"]:
        codes = [_code(shape["properties"].get(key)) for shape in shapes]
        if all(codes):
            return [
                {"village_code": code, "geometry": shape["geometry"]} for code, shape in zip(codes, shapes, strict=True)
            ]
    return None


def _code(value: object) -> str | None:
    written = str(value).replace(".", "").strip()
    return written if len(written) == _DIGITS and written.isascii() and written.isdigit() else None


def _thinned(shapes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    points = [point for shape in shapes for ring in _rings(shape["geometry"]) for point in ring]
    sides = [max(point[axis] for point in points) - min(point[axis] for point in points) for axis in (0, 1)]
    step = max(sides) / _FINEST
    return [{"village_code": shape["village_code"], "geometry": _coarser(shape["geometry"], step)} for shape in shapes]


def _coarser(geometry: Mapping[str, Any], step: float) -> dict[str, Any]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return {"type": "MultiPolygon", "coordinates": [[_ring(ring, step) for ring in polygon] for polygon in polygons]}


def _ring(ring: Sequence[Sequence[float]], step: float) -> list[list[float]]:
    """The ring without points that stand closer than `step` to the one before; it stays closed."""
    kept = [list(ring[0][:2])]
    for point in ring[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= step:
            kept.append(list(point[:2]))
    return [*kept, kept[0]]
