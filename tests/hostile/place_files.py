"""Sound content in odd places: names, links, folders and files that are no files."""

import gzip
import os
import socket

from tests.hostile.kinds import Expected, Place, kind, named, read, refused
from tests.hostile.workbooks import workbook


@kind
def link_out_of_the_folder(place: Place) -> Expected:
    outside = place.folder.parent.parent / f"outside-{place.source}.csv"
    outside.write_text(place.csv(place.people()))
    (place.folder / f"{place.source}.csv").symlink_to(outside)
    return refused("link")


@kind
def link_to_another_district(place: Place) -> Expected:
    other = place.folder.parent / "1403"
    other.mkdir(exist_ok=True)
    (other / "pkh.csv").write_text(place.csv(place.people()))
    (place.folder / f"{place.source}.csv").symlink_to(f"../1403/{'pkh.csv'}")
    return refused("link")


@kind
def link_to_nothing(place: Place) -> Expected:
    (place.folder / f"{place.source}.csv").symlink_to(place.folder / "gone.csv")
    return refused("not a regular file")


@kind
def link_to_itself(place: Place) -> Expected:
    (place.folder / f"{place.source}.csv").symlink_to(place.folder / f"{place.source}.csv")
    return refused("")


@kind
def link_to_a_device(place: Place) -> Expected:
    (place.folder / f"{place.source}.csv").symlink_to(place.dice.choice(["/dev/zero", "/dev/tty", "/proc/self/mem"]))
    return refused("link")


@kind
def link_within_the_folder(place: Place) -> Expected:
    place.write_as("catatan.txt", place.csv(place.people()))
    (place.folder / f"{place.source}.csv").symlink_to("catatan.txt")
    return named(rows=5)


@kind
def pipe(place: Place) -> Expected:
    os.mkfifo(place.folder / f"{place.source}.csv")
    return refused("not a regular file")


@kind
def listening_socket(place: Place) -> Expected:
    before = os.getcwd()  # noqa: PTH109  a socket's path must be short
    os.chdir(place.folder)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{place.source}.csv")
    os.chdir(before)
    return refused("not a regular file")


@kind
def folder_named_like_a_list(place: Place) -> Expected:
    folder = place.folder / f"{place.source}.{place.dice.choice(['csv', 'xlsx'])}"
    folder.mkdir()
    (folder / "pkh.csv").write_text(place.csv(place.people()))
    return refused("folder")


@kind
def folder_of_lists(place: Place) -> Expected:
    folder = place.folder / "kecamatan"
    folder.mkdir()
    (folder / "pkh.csv").write_text(place.csv(place.people()))
    return named()


@kind
def lock_file_of_a_spreadsheet(place: Place) -> Expected:
    place.write("csv", place.csv(place.people()))
    place.write_as(f"~${place.source}.xlsx", b"\x05Admin" + bytes(159))
    return named(rows=5)


@kind
def half_copied_files(place: Place) -> Expected:
    for name in (
        f"{place.source}.csv.part",
        f".{place.source}.csv.swp",
        f"{place.source}.csv~",
        f"{place.source}.crdownload",
    ):
        place.write_as(name, place.csv(place.people()))
    return named(unknown=4)


@kind
def upper_case_names(place: Place) -> Expected:
    place.write_as(f"{place.source}.Kec01.CSV".upper(), place.csv(place.people()))
    return read(5)


@kind
def odd_part_names(place: Place) -> Expected:
    parts = (
        " kec 01 ",
        "Ünïcödé",
        "-rf",
        "$(rm -rf)",
        "'; drop table pkh; --",
        "%s%n",
        "{0}",
        "😀",
        "..",
        "*?[a]",
        '"',
        "#!",
        "a|b",
    )
    for part in parts:
        place.write_as(f"{place.source}.{part}.csv", place.csv(place.people()))
    return read(5 * len(parts))


@kind
def names_with_line_ends_and_escapes(place: Place) -> Expected:
    for part in ("a\nb", "c\rd", "\x1b[31m", "\u202egnp", "\u2028", "\x7f", "\u200b"):
        place.write_as(f"{place.source}.{part}.csv", place.csv(place.people()))
    return read(35)


@kind
def names_that_are_no_text(place: Place) -> Expected:
    for byte in (b"\xff", b"\xfe", b"\xc3", b"\xed\xa0\x80"):
        place.write_as(place.source.encode() + b"." + byte + b".csv", place.csv(place.people()))
    return read(20)


@kind
def unknown_names_that_are_no_text(place: Place) -> Expected:
    place.write_as(b"\xff\xfe.csv", b"x")
    place.write_as("\x1b[2Jcatatan\n.txt", b"x")
    return named(unknown=2)


@kind
def very_long_name(place: Place) -> Expected:
    place.write_as(f"{place.source}.{'x' * (250 - len(place.source))}.csv"[:251] + ".csv", place.csv(place.people()))
    return read(5)


@kind
def dots_in_names(place: Place) -> Expected:
    for name in (f"{place.source}..csv", f"{place.source}.csv.csv", f"{place.source}.a.b.c.csv"):
        place.write_as(name, place.csv(place.people()))
    for name in (f"..{place.source}.csv", f".{place.source}.csv", f"{place.source}.", "..csv"):
        place.write_as(name, place.csv(place.people()))
    return named(rows=15, unknown=4)


@kind
def copies_by_a_browser(place: Place) -> Expected:
    place.write("csv", place.csv(place.people()))
    place.write_as(f"{place.source} (1).csv", place.csv(place.people()))
    return named(rows=5)


@kind
def leading_dash_and_space(place: Place) -> Expected:
    for name in (f"-{place.source}.csv", f" {place.source}.csv", f"{place.source} .csv", f"{place.source}.csv "):
        place.write_as(name, place.csv(place.people()))
    return named(unknown=4)


@kind
def the_same_content_twice(place: Place) -> Expected:
    text = place.csv(place.people())
    place.write("a.csv", text)
    place.write("b.csv.gz", gzip.compress(text.encode()))
    place.write("c.csv", text)
    return refused("same content", "same content", rows=5)


@kind
def one_part_in_two_formats(place: Place) -> Expected:
    rows = place.people()
    place.write("csv", place.csv(rows))
    place.write("xlsx", workbook([("nik", "nama"), *(row[:2] for row in rows[:3])]))
    return refused("same part", rows=5)


@kind
def one_name_in_two_cases(place: Place) -> Expected:
    place.write_as(f"{place.source}.csv", place.csv(place.people()))
    place.write_as(f"{place.source.upper()}.csv", place.csv(place.people(4)))
    return refused("same part", rows=4)


@kind
def contradicting_registries(place: Place) -> Expected:
    place.source = "registry"
    place.write("xlsx", workbook(place.csv_rows()))
    return refused("same part")


@kind
def a_hard_link(place: Place) -> Expected:
    path = place.write("a.csv", place.csv(place.people()))
    (place.folder / f"{place.source}.b.csv").hardlink_to(path)
    return refused("same content", rows=5)
