"""The console script: finds the command that was typed and turns every error into a few plain lines.

Exit codes: 0 done, 1 some district failed or was held back, 2 wrong usage or nothing to work on.
"""

import atexit
import gc
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from welfare_pipeline.cli.supervising import MORE_MEMORY, STOPPED

OTHERS_MAY_NOT_WRITE = 0o022  # whatever the umask; what nobody else may read is made so where it is written
GROUPS = {
    "Reconcile a month": {
        "sample": "Write a made-up, realistic landing folder: three districts, three months.",
        "inspect": "Say how files would be read, before they are landed.",
        "run": "Reconcile the landed districts of a month and publish the result.",
        "ui": "Open Dagster's web pages and start its schedules and sensors.",
        "fleet": "Run districts on many machines: init, serve, worker, status, stop.",
        "publish": "Bring what is published up to date, or build it from nothing.",
        "report": "Write the pages of a month anew: districts, provinces, index (html or pdf).",
        "audit-sample": "Draw recipients and households at random for a check in the field.",
        "letters": "Write a letter for each family with a finding: what it is, and how to object.",
    },
    "See how things stand": {
        "status": "Show how each month of each district stands, and the next command.",
        "explain": "Tell how a landed row was read, compared and judged, and what would change that.",
        "policy": "Print the rules in force in a month, whose they are and what they rest on.",
        "what-if": "Decide a month anew by another policy: who would enter and leave; nothing is published.",
        "verify": "Say whether what is published is what the landed files give.",
    },
    "When something is wrong": {
        "doctor": "Say whether this machine and data root are fit for a run.",
        "rollback": "Publish what was published of a district's month before.",
        "withdraw": "Take away what is published of a district's month.",
        "migrate": "Take over a lake of the former layout (the next run does, too).",
        "purge": "Remove the identities of old months; counts stay.",
    },
    "Documents": {
        "dictionary": "Print every published table, column and code, with an example.",
        "contract": "Print what lands, what is published and what each word means.",
        "lineage": "Print which table is made from which.",
    },
    "For developers": {
        "train-linkage": "Train the linkage model anew on made-up people.",
    },
}
COMMANDS = {name: words for group in GROUPS.values() for name, words in group.items()}


class CommandsByName(click.Group):
    """Loads a command's module only when that command is typed: `welfare --help` imports nothing heavy."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """The commands in the order people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, `None` if there is none."""
        if cmd_name not in COMMANDS:
            return None
        name = f"welfare_pipeline.cli.{cmd_name.replace('-', '_')}"
        if name not in sys.modules:
            with _imports_left_alone():
                importlib.import_module(name)
        command = sys.modules[name].command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands by what they are for, without loading them."""
        widest = max(map(len, COMMANDS))
        for title, commands in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(widest), words) for name, words in commands.items()])


@contextmanager
def _imports_left_alone() -> Iterator[None]:
    """Let Python not look for garbage in what is imported: half a million objects, a quarter of the time it takes."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@click.group(cls=CommandsByName, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="welfare-pipeline", message="welfare-pipeline %(version)s")
def welfare() -> None:
    """Reconcile who receives social assistance with who should, month by month and district by district."""


def main() -> NoReturn:
    """Run the command of the command line and leave with its exit code."""
    os.umask(os.umask(0) | OTHERS_MAY_NOT_WRITE)
    atexit.register(gc.freeze)  # at its end Python would look through everything for garbage, for a second
    try:
        sys.exit(welfare.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(getattr(error, "leaves_with", 2))
    except (KeyboardInterrupt, click.Abort):
        click.echo(f"welfare: {STOPPED}", err=True)
        sys.exit(130)
    except MemoryError:  # what tells shortages apart would need some of it
        click.echo(f"welfare: the memory was not enough: {MORE_MEMORY}", err=True)
        sys.exit(1)
    except Exception as error:  # noqa: BLE001  no traceback reaches the user
        sys.exit(_told(error))


def _told(error: Exception) -> int:
    """Say what happened; the exit code."""
    from welfare_pipeline.cli.error_words import is_ctrl_c, known, unexpected  # noqa: PLC0415  `welfare --help` imports nothing heavy

    if is_ctrl_c(error):
        click.echo(f"welfare: {STOPPED}", err=True)
        return 130
    if (sentence := known(error)) is not None:
        click.echo(f"welfare: {sentence}", err=True)
        return int(getattr(error, "leaves_with", 1))
    click.echo(f"welfare: {unexpected(error)}", err=True)
    click.echo("What was finished stands. Please report this line; it holds nobody's data.", err=True)
    return 1
