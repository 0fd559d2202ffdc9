"""Many items through one function, several at once, each in a process that may die of it: one interface, no papers.

The engine is a pebble pool on this machine. A worker that hangs is killed when its item's seconds are up, one that
dies is replaced; either costs its own item and no other.
"""

from __future__ import annotations

import multiprocessing
import queue
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import msgspec
from pebble import ProcessExpired, ProcessPool

Item = TypeVar("Item")
Value = TypeVar("Value")

# Items handed to the pool ahead of the workers, for each worker: enough to keep them busy, few enough that results do
# not pile up behind a slow reader of ours and that the items may come from a generator over a whole archive.
AHEAD = 3
# A worker is renewed after so many items, so that what a library leaks does not add up over a night.
ITEMS_A_WORKER = 500
# How often an item is tried when the pool itself broke down under it; one that was there each time is the culprit.
TRIES = 3


class Fault(msgspec.Struct, frozen=True):
    """Why there is no value: the function `raised`, its `time` was up, or the worker `died` of it."""

    kind: Literal["raised", "time", "died"]
    message: str
    detail: str = ""


@dataclass(frozen=True)
class Outcome(Generic[Item, Value]):
    """What became of the item that came as number `index` (from 0): a value or the fault that stands in its place."""

    index: int
    item: Item
    result: Value | Fault


def guarded(function: Callable[[Item], Value], item: Item) -> Value | Fault:
    """What `function` makes of `item`, or what it raised, as words that any process can take in."""
    try:
        return function(item)
    except Exception as error:  # noqa: BLE001 - the project's one broad except: a fault costs its document only
        return Fault("raised", f"{type(error).__name__}: {error}", traceback.format_exc())


def run(
    function: Callable[[Item], Value],
    items: Iterable[Item],
    jobs: int,
    seconds: Callable[[Item], float],
    preload: tuple[str, ...] = (),
) -> Generator[Outcome[Item, Value]]:
    """One outcome for each of `items`, as they are done, `jobs` at a time, each within `seconds(item)` by the clock.

    `function` must be importable and its items and values picklable. `preload` names modules that are loaded once and
    shared by all workers. Closing the iterator, as Ctrl-C does, kills what is under way.
    """
    crew = _Crew(function, jobs, seconds, preload)
    numbered = enumerate(items)
    try:
        while True:
            crew.take_on(numbered)
            if crew.idle:
                return
            yield from crew.next_outcome()
    finally:
        crew.dismiss()


def in_order(outcomes: Iterable[Outcome[Item, Value]]) -> Iterator[Outcome[Item, Value]]:
    """The same outcomes in the order of their items; one that is late holds the others back."""
    early: dict[int, Outcome[Item, Value]] = {}
    awaited = 0
    for outcome in outcomes:
        early[outcome.index] = outcome
        while awaited in early:
            yield early.pop(awaited)
            awaited += 1


@dataclass(frozen=True)
class _Errand(Generic[Item]):
    index: int
    item: Item
    tries: int = 1


class _Crew(Generic[Item, Value]):
    """The pool with the errands that are under way in it."""

    def __init__(
        self,
        function: Callable[[Item], Value],
        jobs: int,
        seconds: Callable[[Item], float],
        preload: tuple[str, ...],
    ) -> None:
        self._function = function
        self._jobs = jobs
        self._seconds = seconds
        # Workers are forked from a clean server: this process may be large, and hold threads and connections.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(preload))
        self._pool = self._new_pool()
        self._under_way: dict[Future[Value | Fault], _Errand[Item]] = {}
        self._done: queue.SimpleQueue[Future[Value | Fault]] = queue.SimpleQueue()

    @property
    def idle(self) -> bool:
        return not self._under_way

    def take_on(self, numbered: Iterator[tuple[int, Item]]) -> None:
        """Hand out items until the workers have enough ahead of them."""
        while len(self._under_way) < self._jobs * AHEAD:
            following = next(numbered, None)
            if following is None:
                return
            self._send(_Errand(*following))

    def next_outcome(self) -> Iterator[Outcome[Item, Value]]:
        """Wait for an errand to end: its outcome, or none where it has to be sent once more."""
        future = self._done.get()
        errand = self._under_way.pop(future)
        error = future.exception()
        if isinstance(error, BrokenProcessPool) and errand.tries < TRIES:
            self._renew()
            self._send(_Errand(errand.index, errand.item, errand.tries + 1))
            return
        result = future.result() if error is None else _fault(error)
        yield Outcome(errand.index, errand.item, result)

    def dismiss(self) -> None:
        """Kill what is under way and end the workers."""
        self._pool.stop()  # type: ignore[no-untyped-call] # pebble leaves its methods without arguments untyped
        self._pool.join()

    def _send(self, errand: _Errand[Item]) -> None:
        if not self._pool.active:
            self._renew()
        future: Future[Value | Fault] = self._pool.schedule(
            guarded, args=(self._function, errand.item), timeout=self._seconds(errand.item)
        )
        self._under_way[future] = errand
        future.add_done_callback(self._done.put)

    def _renew(self) -> None:
        """A new pool in the place of one that broke down; a pool that still works stays."""
        if not self._pool.active:
            self.dismiss()
            self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(self._jobs, max_tasks=ITEMS_A_WORKER, context=self._context)


def _fault(error: BaseException) -> Fault:
    if isinstance(error, TimeoutError):
        return Fault("time", "its time was up")
    if isinstance(error, ProcessExpired):
        return Fault("died", f"the worker died of it (exit code {error.exitcode})")
    return Fault("died", f"it ended the worker: {type(error).__name__}: {error}")
