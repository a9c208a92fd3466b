"""The progress bar of `welfare run`: on a terminal only, and on stderr so that the summary can be redirected."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

STEP_WORDS = {
    "land": "reading and checking",
    "link": "finding who is who",
    "reconcile": "deciding",
    "district_database": "writing the district's database",
    "worklists": "writing the worklists",
    "report": "writing the report",
    "cross_district_duplicates": "finding people on the lists of two districts",
    "welfare_database": "writing the analysts' database",
}


@dataclass
class Told:
    """What the bar shows: districts done, and the step the present one is in."""

    progress: Progress
    task: TaskID
    subject: str = ""

    @contextmanager
    def about(self, subject: str) -> Iterator[None]:
        """Inside, a district's run (or the month's publication) goes on; after it the bar is one further."""
        self.subject = subject
        self.progress.update(self.task, description=subject)
        yield
        self.end()

    def step(self, step: str) -> None:
        """A step of it begins."""
        self.progress.update(self.task, description=f"{self.subject}: {STEP_WORDS.get(step, step)}")

    def end(self) -> None:
        """It is over."""
        self.progress.advance(self.task)


@contextmanager
def progress_bar(total: int) -> Iterator[Told]:
    """A bar of `total` runs; silent where stderr is no terminal."""
    console = Console(stderr=True)
    words = TextColumn("{task.description}")
    columns = (SpinnerColumn(), words, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Told(progress, progress.add_task("starting", total=total))
