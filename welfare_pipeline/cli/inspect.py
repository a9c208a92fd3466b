"""`welfare inspect`: how a file, or every file of a folder, would be read if it were landed. Nothing is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from welfare_pipeline.cli.inspected import lines_of, problems_of
from welfare_pipeline.cli.policy_in_force import policy_in_force
from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.ingest.inspecting import Question, inspected
from welfare_pipeline.ingest.masking import without_numbers
from welfare_pipeline.ingest.shown import printable
from welfare_pipeline.lake import DataRoot

NOWHERE = Path("/nowhere")


class UnreadableError(click.ClickException):
    """No wrong usage: it is there and cannot be read."""

    leaves_with = 1


@click.command("inspect")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--as", "source", metavar="SOURCE", help="Read it as this list, for example registry or pkh.")
@click.option("--district", metavar="CODE", help="The district it is of; without it, its folder says so.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="WELFARE_DATA",
    default="data",
    show_default=True,
    help="The data root whose policy says which programmes there are; a file in a landing folder has its own.",
)
def command(path: Path, source: str | None, district: str | None, data: Path) -> int:
    """Say how PATH, a file or a folder, would be read: list, columns, samples, rows that would be rejected and why.

    Exits with 1 if something in it could not be used, 2 if there is no such path. Nobody's identity is shown.
    """
    found = _found(path)
    with _root_of(path, data) as root:
        policy = policy_in_force(root, done="Nothing was read.")
    question = Question(found, _source(source, policy.sources), _district(district))
    problems: list[str] = []
    for inspection in inspected(question, policy):
        for line in lines_of(inspection):
            click.echo(line)
        problems += problems_of(inspection)
    _verdict(problems)
    return int(bool(problems))


def _verdict(problems: list[str]) -> None:
    click.echo("")
    if not problems:
        click.echo("Everything that is a list can be used.")
        return
    click.echo("What could not be used, and what to do:")
    for problem in problems:
        click.echo(f"  {problem}")


def _found(path: Path) -> Path:
    shown = without_numbers(printable(path.name))
    try:
        if path.exists():
            if path.is_dir():
                next(path.iterdir(), None)
            return path.absolute()
    except OSError as error:
        message = f"{shown} may not be read by the user who runs this ({type(error).__name__})."
        raise UnreadableError(message) from None
    message = f"there is no file or folder {shown} at the place you name."
    raise click.UsageError(message)


def _source(name: str | None, sources: Sources) -> Source | None:
    if name is None or name in sources:
        return sources[name] if name else None
    known = ", ".join(source.name for source in sources.lists)
    message = f"'{without_numbers(name)}' is no list. Lists: {known}."
    raise click.UsageError(message)


def _district(code: str | None) -> str | None:
    if code is None or district_name(code) is not None:
        return code
    message = f"'{without_numbers(code)}' is not a Kemendagri district code (4 digits, for example 1401 for Kampar)."
    raise click.UsageError(message)


@contextmanager
def _root_of(path: Path, data: Path) -> Iterator[DataRoot]:
    """Inside, the data root whose landing it is in; of another path, the one at `data`.

    With an object store, whose policy is the deployment's wherever the file lies, it is a folder that is removed after.
    """
    if DataRoot(NOWHERE).store is not None:
        with TemporaryDirectory(prefix="welfare-inspect-") as folder:
            root = DataRoot(Path(folder))
            root.refresh_policy()
            yield root
        return
    places = (path.absolute(), *path.absolute().parents)
    yield DataRoot(next((place.parent for place in places if place.name == "landing"), data.absolute()))
