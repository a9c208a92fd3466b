"""What the row was compared with: the registry person it was linked to or came near to, and what each field weighed."""

from collections.abc import Iterator

from welfare_pipeline.cli.explaining.rows import LandedRow, Month, Record
from welfare_pipeline.contracts.words import CATALOGUE

FIELDS = ("nik", "name", "birth_date", "family_card", "mother_name", "sex", "village")
IDENTITIES = ("name", "nik", "family_card_number", "birth_date")
MOST = 12  # other rows of one person


def what_it_was_compared_with(month: Month, row: LandedRow) -> Iterator[str]:
    """Lines about the link of the row."""
    links = month.ask(_LINK, row=row.row_id)
    if not links:
        yield "The list names no people: there is nothing to compare."
        return
    [link] = links
    yield from _linked(link)
    if month.shows_identities and link["registry_row_id"] is not None and link["source"] != "registry":
        yield from _identities(month, link["registry_row_id"])
    yield from _weights(month, link)
    yield from _questions(month, row)
    yield from _other_rows(month, link)


def _linked(link: Record) -> Iterator[str]:
    yield f"person_key {link['person_key']}, family_key {link['family_key']}"
    if link["source"] == "registry":
        yield "It is a row of the registry itself: other lists are compared with it."
        return
    band = f"{link['match_band']}: {CATALOGUE.words['match_band'][link['match_band']].en}"
    method = CATALOGUE.words["match_method"][link["match_method"]].en
    if link["registry_row_id"] is None:
        yield f"Linked to nobody in the registry ({band})."
        return
    yield (
        f"Nearest registry person: {link['registry_file']} row {link['registry_row']}. {band}, "
        f"by {link['match_method']} ({method}), probability {link['match_probability']:.4f}."
    )


def _identities(month: Month, registry_row: int) -> Iterator[str]:
    [person] = month.ask("from person_rows where row_id = $row", row=registry_row)
    yield f"in the registry: {', '.join(str(person[name]) for name in IDENTITIES if person[name] is not None)}"


def _weights(month: Month, link: Record) -> Iterator[str]:
    found = month.ask("from match_weights where row_id = $row", row=link["row_id"])
    if not found:
        if link["match_method"] in {"nik", "confirmed"} and link["source"] != "registry":
            yield _UNWEIGHED[link["match_method"]]
        elif link["match_band"] == "different":
            yield "Match weights: nobody in the registry has so much in common with it that they were weighed."
        return
    [weights] = found
    yield "Match weights, in bits (+1 doubles the odds of one person, -1 halves them):"
    yield f"  {'before anything is compared':28} {weights['prior_weight']:+8.2f}"
    for field in FIELDS:
        said = f"{field.replace('_', ' ')} {weights[f'{field}_agreement']}"
        yield f"  {said:28} {weights[f'{field}_weight']:+8.2f}"
    card = "within one family card" if weights["same_card"] else "among all registry persons"
    yield f"  {'together':28} {weights['weight']:+8.2f}  ({card}; probability {weights['match_probability']:.4f})"
    if weights["match_band"] != link["match_band"]:
        yield (
            f"  By themselves they say {weights['match_band']}; other rows of the list, known numbers or answers "
            f"make it {link['match_band']}."
        )


def _questions(month: Month, row: LandedRow) -> Iterator[str]:
    for pair in month.ask(_QUESTION, file=row.source_file, row=row.source_row, source=row.source):
        yield f"Asked of the field as pair {pair['pair_id']}: {pair['explanation']}"


def _other_rows(month: Month, link: Record) -> Iterator[str]:
    others = month.ask(_OTHERS, person=link["person_id"], row=link["row_id"])
    named = [f"{of['source_file']} row {of['source_row']}" for of in others[:MOST]]
    if named:
        more = f" and {len(others) - MOST} more" if len(others) > MOST else ""
        yield f"Other rows of this person: {', '.join(named)}{more}."


_UNWEIGHED = {
    "nik": (
        "Match weights: none had to be found. The valid NIK is the registry person's, and neither name nor birth date "
        "says otherwise (or it is known from another row of the person)."
    ),
    "confirmed": "Match weights: none were needed. Somebody answered in the field that both are one person.",
}
_LINK = """
select links.*, registered.source_file as registry_file, registered.source_row as registry_row
from links
left join person_rows as registered on links.registry_row_id = registered.row_id
where links.row_id = $row
"""
_QUESTION = """
select pair_id, explanation from review_pairs
where source_file = $file and source_row = $row and source = $source
order by all
"""
_OTHERS = """
select person_rows.source_file, person_rows.source_row
from links
inner join person_rows on links.row_id = person_rows.row_id
where links.person_id = $person and links.row_id <> $row
order by links.row_id
"""
