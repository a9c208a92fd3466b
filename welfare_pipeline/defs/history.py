"""Keeps Dagster's run history from costing more than the districts.

Dagster makes an engine and opens its SQLite files anew for every event, some six hundred a district: each statement is
compiled again, and the last connection to close flushes everything to the disk. Of every check it looks whether there
is a table of checks, and of every asset whether there is such a district; every step asks again what was noted of all
that it is made from. Its own setting for writing events together
(`DAGSTER_EVENT_BATCH_SIZE`) does nothing with SQLite, which writes them one by one all the same.
"""

import gc
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import dagster as dg
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event

PATIENCE = 60  # seconds for other processes on the same history
BATCH = "DAGSTER_EVENT_BATCH_SIZE", "1000"  # what a run intends to do, some two hundred events, is written at once
KEPT = 4  # files: the index of all runs, the list of runs, this run and the one before
BETWEEN_COLLECTIONS = 20_000, 20, 20  # new objects, then collections of the younger ones, until garbage is looked for
Connect = Callable[..., Any]  # a method of Dagster's storage: a context with a connection in a transaction


@dataclass
class KeptEngines:
    """One engine a SQLite file, which keeps its connection and its compiled statements; others stay Dagster's."""

    engines: dict[tuple[str, object], Engine] = field(default_factory=dict)
    _own: threading.local = field(default_factory=threading.local)  # of a thread: its transactions under way

    @contextmanager
    def together(self) -> Iterator[None]:
        """Inside, all that this thread writes into a file is one transaction."""
        with ExitStack() as transactions:
            self._own.transactions, self._own.connections = transactions, dict[tuple[str, object], Connection]()
            try:
                yield
            finally:
                self._own.transactions = None

    @contextmanager
    def connection(self, connect: Connect, file: tuple[str, object], *words: object) -> Iterator[Connection]:
        """A connection to the file in a transaction; `connect` is Dagster's way, which makes the file's tables."""
        if file in self.engines:
            transactions = getattr(self._own, "transactions", None)
            if transactions is None:
                with self.engines[file].begin() as con:
                    yield con
                return
            if file not in self._own.connections:
                self._own.connections[file] = transactions.enter_context(self.engines[file].begin())
            yield self._own.connections[file]
            return
        with connect(*words) as con:
            yield con
            url = con.engine.url
        if url.get_backend_name() == "sqlite" and Path(unquote(url.database or "")).is_file():  # none lies in memory
            self.engines[file] = _engine(url)
            if len(self.engines) > KEPT:
                self.engines.pop(next(key for key in self.engines if key[1] is not None)).dispose()

    def close(self) -> None:
        """Close every file."""
        for engine in self.engines.values():
            engine.dispose()
        self.engines.clear()


def _engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _commit_without_flush)
    return engine


def _commit_without_flush(connection: Any, _record: object) -> None:  # noqa: ANN401  any database's
    connection.execute("pragma synchronous = normal")


@contextmanager
def history_kept_open(instance: dg.DagsterInstance) -> Iterator[None]:
    """Inside, the instance's SQLite files stay open once opened, and a commit outlives a crash without a flush.

    A power failure may lose the last events, never the files (SQLite: write-ahead log with `synchronous = normal`).
    """
    kept = KeptEngines()
    with ExitStack() as stack:
        stack.callback(kept.close)
        events, runs = instance.event_log_storage, instance.run_storage
        _replace(stack, events, "run_connection", partial(_copied, getattr(events, "path_for_shard", None)))
        for storage, method in ((events, "run_connection"), (events, "index_connection"), (runs, "connect")):
            _replace(stack, storage, method, partial(_keeping, kept, method))
        _replace(stack, ScriptDirectory, "from_config", _read_once)
        keep_answers(stack, events)
        _replace(stack, events, "store_event_batch", partial(_at_once, kept))
        stack.enter_context(_batches())
        yield


def keep_answers(stack: ExitStack, events: object) -> None:
    """Let the storage of events remember what is asked of it again and again, until the stack is closed.

    Other processes must not note anything of the assets and partitions of this one's runs meanwhile.
    """
    for method in ("has_table", "has_dynamic_partition"):
        _replace(stack, events, method, _remembering)
    _replace(stack, events, "_get_assets_details", partial(_known_details, getattr(events, "all_asset_keys", tuple)))
    _replace(stack, events, "_has_asset_key_index_cols_on_connection", _settled)
    answers = KeptAnswers()
    _replace(stack, events, "get_asset_records", answers.records)
    _replace(stack, events, "get_latest_tags_by_partition", answers.of_asset)
    _replace(stack, events, "fetch_materializations", answers.of_asset)
    _replace(stack, events, "store_event", answers.forgetting)
    _replace(stack, events, "store_event_batch", answers.forgetting_all)


def _replace(
    stack: ExitStack, storage: object, method: str, replaced: Callable[[Callable[..., Any]], Callable[..., Any]]
) -> None:
    """Put another method in the place of the storage's own, if it has one, until the stack is closed."""
    own = getattr(storage, method, None)
    if own is not None:
        setattr(storage, method, replaced(own))
        stack.callback(setattr, storage, method, own)


def _keeping(kept: KeptEngines, method: str, connect: Connect) -> Connect:
    return lambda run_id=None: kept.connection(connect, (method, run_id), *([] if run_id is None else [run_id]))


def _copied(path_of: Callable[[str], str] | None, connect: Connect) -> Connect:
    """Each run has a file of its own: the first one's is copied while it is empty, not made table by table."""
    empty = list[bytes]()

    @contextmanager
    def connected(run_id: str | None = None) -> Iterator[Connection]:
        if path_of is None or run_id is None:  # all runs are in one place
            with connect(run_id) as con:
                yield con
            return
        file = Path(path_of(run_id))
        is_new = not file.exists()
        if is_new and empty:
            draft = file.with_name(f".{os.getpid()}.new")  # one is left by a kill, and written over by the next
            draft.write_bytes(empty[0])
            draft.replace(file)
        with connect(run_id) as con:
            if is_new and not empty:
                empty.append(file.read_bytes())
            yield con

    return connected


def _read_once(read: Callable[[Config], ScriptDirectory]) -> Callable[[Config], ScriptDirectory]:
    """Of each new run's file Dagster asks twice what its tables have been through: fifty files of its own, executed."""
    known = dict[str | None, ScriptDirectory]()

    def read_once(config: Config) -> ScriptDirectory:
        place = config.get_main_option("script_location")
        if place not in known:
            known[place] = read(config)
        return known[place]

    return read_once


def _remembering(is_there: Callable[..., bool]) -> Callable[..., bool]:
    """What is there once is not looked for again: a table, a district."""
    found = set[tuple[object, ...]]()

    def is_known(*words: object) -> bool:
        if words not in found and is_there(*words):
            found.add(words)
        return words in found

    return is_known


def _settled(ask: Callable[..., bool]) -> Callable[..., bool]:
    """Which columns Dagster's tables have does not change under a run."""
    answer = list[bool]()

    def settled(*words: object) -> bool:
        if not answer:
            answer.append(ask(*words))
        return answer[0]

    return settled


def _known_details(
    all_assets: Callable[[], Sequence[Any]], details: Callable[[Sequence[Any]], Sequence[Any]]
) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Whether somebody has wiped an asset's history is looked up once: Dagster asks before each of its questions."""
    known = dict[Any, Any]()

    def known_details(assets: Sequence[Any]) -> Sequence[Any]:
        unknown = [asset for asset in assets if asset not in known]
        if unknown:
            wanted = [*{*unknown, *(() if known else all_assets())}]
            known.update(zip(wanted, details(wanted), strict=True))
        return [known[asset] for asset in assets]

    return known_details


@dataclass
class KeptAnswers:
    """What was last noted of an asset, until something is.

    Every step asks that of all that it is made from, and each of its checks of the asset that it looks at.
    """

    _records: dict[Any, Any] = field(default_factory=dict)  # by asset
    _answers: dict[Any, dict[str, Any]] = field(default_factory=dict)  # by asset, then by the question

    def records(self, ask: Callable[..., Sequence[Any]]) -> Callable[..., Sequence[Any]]:
        """The storage's method that gives the records of assets."""

        def known(asset_keys: Sequence[Any] | None = None) -> Sequence[Any]:
            if asset_keys is None:
                return ask(None)
            new = [asset for asset in asset_keys if asset not in self._records]
            self._records |= {record.asset_entry.asset_key: record for record in (ask(new) if new else ())}
            return [self._records[asset] for asset in asset_keys if asset in self._records]

        return known

    def of_asset(self, ask: Callable[..., Any]) -> Callable[..., Any]:
        """A method of the storage whose first word names an asset (or what is wanted of one)."""

        def known(asked: Any, *words: Any, **named: Any) -> Any:  # noqa: ANN401  as the method
            asset = getattr(asked, "asset_key", asked)
            answers, question = self._answers.setdefault(asset, {}), repr((ask.__name__, asked, words, named))
            if question not in answers:
                answers[question] = ask(asked, *words, **named)
            return answers[question]

        return known

    def forgetting(self, store: Callable[[Any], None]) -> Callable[[Any], None]:
        """The storage's method that stores an event, after which its asset is asked about anew."""

        def store_and_forget(event: Any) -> None:  # noqa: ANN401  Dagster's class for it is private
            store(event)
            self._forget(event)

        return store_and_forget

    def forgetting_all(self, store: Callable[[Sequence[Any]], None]) -> Callable[[Sequence[Any]], None]:
        """The same of the method that stores several events: PostgreSQL's does not store one by one."""

        def store_and_forget(events: Sequence[Any]) -> None:
            store(events)
            for stored in events:
                self._forget(stored)

        return store_and_forget

    def _forget(self, event: Any) -> None:  # noqa: ANN401  Dagster's class for it is private
        asset = event.dagster_event.asset_key if event.dagster_event else None
        self._records.pop(asset, None)
        self._answers.pop(asset, None)


def _at_once(kept: KeptEngines, store: Callable[[Sequence[Any]], None]) -> Callable[[Sequence[Any]], None]:
    def store_at_once(events: Sequence[Any]) -> None:
        with kept.together():
            store(events)

    return store_at_once


def outputs_of_checks(definitions: dg.Definitions) -> frozenset[str]:
    """The outputs by which steps give the results of their checks."""
    checks = definitions.resolve_asset_graph().asset_check_keys
    return frozenset(dg.AssetCheckSpec(key.name, asset=key.asset_key).get_python_identifier() for key in checks)


def leave_outputs_out(stack: ExitStack, events: object, outputs: frozenset[str]) -> None:
    """Let the storage of events not note, until the stack is closed, that a step has given these outputs.

    The results of checks are noted by themselves and nothing waits for their outputs: a hundred events a district less.
    """
    _replace(stack, events, "store_event", partial(_of_use, outputs))


@cache
def leave_imports_alone() -> None:
    """Let Python look for garbage in what the runs make, not in what was imported, and less often (once a process).

    Half a million imported objects were looked through again and again: a twentieth of a small district's time.
    """
    gc.freeze()
    gc.set_threshold(*BETWEEN_COLLECTIONS)


def _of_use(checks: frozenset[str], store: Callable[[Any], None]) -> Callable[[Any], None]:
    def store_if_of_use(event: Any) -> None:  # noqa: ANN401  Dagster's class for it is private
        told: Any = event.dagster_event
        is_output = told is not None and told.event_type_value == "STEP_OUTPUT"
        if not (is_output and told.step_output_data.step_output_handle.output_name in checks):
            store(event)

    return store_if_of_use


@contextmanager
def _batches() -> Iterator[None]:
    """Let Dagster hand over together what belongs together; a size that a deployment has set stands."""
    name, size = BATCH
    if name in os.environ:
        yield
        return
    os.environ[name] = size
    try:
        yield
    finally:
        del os.environ[name]
