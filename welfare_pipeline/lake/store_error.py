"""What is wrong with a store of the deployment, said for people; a command leaves with its words and its exit code."""


class StoreError(RuntimeError):
    """A store (the secret, the run history) cannot be used; the message says what is wrong and what to do."""

    leaves_with = 1
