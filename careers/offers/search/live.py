"""The index of this process: loaded once, in step with the database at every search."""

import fcntl
import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Thread
from time import monotonic, sleep

from django.db import DatabaseError, connection, connections
from django.utils import timezone

from careers.offers.search import following, snapshot, state
from careers.offers.search.bitmaps import BitmapSearch
from careers.offers.search.index import TERMS, Index
from careers.offers.search.query import Answer, Query
from portal import garbage

logger = logging.getLogger(__name__)

# So many offers are read within the few seconds that a start may take.
FEW_TO_BUILD = 150_000
# After a failure, seconds until the next attempt.
PAUSE = 30.0


class LiveSearch:
    """Answers from memory whenever memory has all that the database has; None where it lacks.

    What takes long, loading and catching up, is done by one thread beside the requests.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine: BitmapSearch | None = None
        self._lock = Lock()
        self._thread: Thread | None = None
        self._next_attempt = 0.0

    def search(
        self, query: Query, now: state.State, *, size: int, facets: Collection[str]
    ) -> Answer | None:
        """The answer as of `now`, or None."""
        with self._lock:
            # It may be changing the index.
            if self._is_busy() or not self._in_step(now):
                return None
            return self._found(query, size, facets)

    def search_behind(self, query: Query, *, size: int, facets: Collection[str]) -> Answer | None:
        """The answer of an index to which many changes are being applied; None without an index."""
        with self._lock:
            return self._found(query, size, facets)

    def is_ready(self) -> bool:
        """False while an index is being loaded, which this begins where there is none."""
        with self._lock:
            if not self.engine and not self._is_busy():
                self.beside(self._reload)
            return self.engine is not None or not self._is_busy()

    def holds(self, term: int) -> bool:
        """Whether an offer had a term when this process searched last; False where it may not."""
        engine = self.engine
        return engine is not None and any(term in engine.index.families[name] for name in TERMS)

    def start(self) -> None:
        """Load what can be loaded within seconds; the first search has the rest done beside it."""
        index = self._from_snapshot()
        if not index and _are_few():
            index = self._load()
        if index:
            _catch_up(index)
            self.engine = BitmapSearch(index)
        else:
            logger.warning("There is no index of offers to start with: see manage.py index_offers.")

    def renew_snapshot(self) -> int:
        """Bring the file up to date, so that the next process to start has little to catch up.

        How many offers it holds.
        """
        index = self._load()
        _catch_up(index)
        snapshot.write(index, self.path)
        return len(index.everything)

    def _is_busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _found(self, query: Query, size: int, facets: Collection[str]) -> Answer | None:
        engine = self.engine
        if not engine or query.today.toordinal() < engine.index.day:
            return None
        return engine.search(query, size=size, facets=facets)

    def _in_step(self, now: state.State) -> bool:
        """Whether memory has all that the database has, once what is new was applied."""
        engine = self.engine
        if not engine or following.has_gap(engine.index, now):
            self.engine = None
            self.beside(self._reload)
            return False
        if now.change - engine.index.change > following.AT_ONCE:
            self.beside(self._advance)
            return False
        if now.change > engine.index.change:
            following.follow(engine.index)
            engine.forget()
        moment = now.content, timezone.localdate()
        # Professions, towns and the day have moved only if one of these has.
        if engine.moment != moment:
            if following.keep_current(engine.index):
                engine.forget()
            engine.moment = moment
        return True

    def beside(self, task: Callable[[], None]) -> None:
        """Have a thread do what a request has no time for."""
        if monotonic() >= self._next_attempt:
            self._thread = Thread(target=self._run, args=[task], name="offers index", daemon=True)
            self._thread.start()

    def _run(self, task: Callable[[], None]) -> None:
        try:
            task()
        except Exception:
            # The database answers meanwhile, and will be asked again.
            self._next_attempt = monotonic() + PAUSE
            logger.exception("The index of offers could not be brought up to date.")
        finally:
            connection.close()

    def _reload(self) -> None:
        index = self._load()
        _catch_up(index)
        self.engine = BitmapSearch(index)

    def _advance(self) -> None:
        """Catch up with many changes, and keep the result for the next process that starts."""
        if engine := self.engine:
            while self._takes_a_step(engine):
                # A search that waits for the lock has its turn.
                sleep(0.001)
            _keep(engine.index, self.path)

    def _takes_a_step(self, engine: BitmapSearch) -> bool:
        with self._lock:
            taken = following.follow(engine.index) > 0 or following.keep_current(engine.index)
            engine.forget()
            return taken

    def _from_snapshot(self) -> Index | None:
        try:
            index = snapshot.read(self.path)
        except snapshot.UnusableSnapshotError as error:
            logger.info("The snapshot of the index of offers %s", error)
            return None
        return None if following.has_gap(index, state.current()) else index

    def _load(self) -> Index:
        """The index of the snapshot, else one that is built: by one process, for all."""
        with _one_at_a_time(self.path):
            if index := self._from_snapshot():
                return index
            index = following.build()
            _keep(index, self.path)
            return index


def _keep(index: Index, path: Path) -> None:
    try:
        snapshot.write(index, path)
    except OSError:
        # The index is of use to this process all the same.
        logger.exception("The index of offers could not be kept for the next start.")


def _catch_up(index: Index) -> None:
    while following.follow(index):
        pass
    following.keep_current(index)


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _are_few() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM"
            " (SELECT FROM offers_joboffer WHERE status = 'published' LIMIT %s) AS first",
            [FEW_TO_BUILD + 1],
        )
        return cursor.fetchone()[0] <= FEW_TO_BUILD


def started(path: Path) -> LiveSearch:
    """An index for this process and those forked from it, loaded as far as seconds allow."""
    live = LiveSearch(path)
    try:
        live.start()
    except (DatabaseError, OSError):
        logger.exception("The index of offers could not be loaded.")
    # A connection must not be shared by the processes that are forked from this one, and what
    # they share stays shared only while the collector leaves it alone.
    connections.close_all()
    garbage.freeze()
    return live
