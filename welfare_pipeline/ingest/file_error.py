"""The one exception by which a landed file is refused. Its text is shown to people and never quotes a cell."""


class FileRejectedError(Exception):
    """A landed file cannot be used; `problem` says what is wrong, where, and what to do.

    `whole`: the same for restricted places, with headers and names as they are.
    """

    def __init__(self, problem: str, whole: str = "") -> None:
        """Keep the problem, which does not yet name the file."""
        super().__init__(problem)
        self.problem = problem
        self.whole = whole or problem
