"""What `welfare` says of itself: its version, and its commands by what they are for."""

import subprocess
import sys
from importlib.metadata import version

from click.testing import CliRunner

from welfare_pipeline.cli.entry import COMMANDS, GROUPS, welfare


def test_it_tells_its_version() -> None:
    told = CliRunner().invoke(welfare, ["--version"])
    assert (told.exit_code, told.output.split()[-1]) == (0, version("welfare-pipeline"))


def test_commands_are_listed_once_each_under_what_they_are_for() -> None:
    told = CliRunner().invoke(welfare, ["--help"]).output
    assert [line for line in told.splitlines() if line.rstrip(":") in GROUPS and line.endswith(":")] == [
        f"{title}:" for title in GROUPS
    ]
    named = [line.split()[0] for line in told.splitlines() if line.startswith("  ") and line[2:3].strip()]
    assert [name for name in named if name in COMMANDS] == [*COMMANDS]


def test_every_command_is_there_and_has_words() -> None:
    context = welfare.make_context("welfare", [], resilient_parsing=True)
    for name in COMMANDS:
        command = welfare.get_command(context, name)
        assert command is not None
        assert command.help


def test_python_looks_for_garbage_in_what_a_command_makes_but_not_in_what_it_imports() -> None:
    seen = """
import gc
from welfare_pipeline.cli.entry import welfare
welfare.get_command(welfare.make_context("welfare", [], resilient_parsing=True), "policy")
print(gc.isenabled(), gc.get_freeze_count() > len(gc.get_objects()))
"""
    told = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "True"]
