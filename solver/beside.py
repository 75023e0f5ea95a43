"""Work in a thread of its own beside a ``with`` block."""

from __future__ import annotations

from abc import ABC, abstractmethod
from threading import Event, Thread
from types import TracebackType
from typing import Protocol, Self

from solver.cpsat.model import OutOfTime


class Interruptible(Protocol):
    """What may run for long, and can be asked to end soon."""

    def interrupt(self) -> None:
        """End soon."""


class Beside(ABC):
    """A thread that runs while a ``with`` block does; what fails in it fails at the end of the block.

    Attributes
    ----------
    over
        Set at the end of the block; `work` ends soon after.
    running
        What is interrupted then.
    """

    def __init__(self) -> None:
        """Not yet running."""
        self.over = Event()
        self.running: Interruptible | None = None
        self._failure: BaseException | None = None
        self._thread = Thread(target=self._run, name="beside", daemon=True)

    @property
    def done(self) -> bool:
        """Whether the work is done."""
        return not self._thread.is_alive()

    @abstractmethod
    def work(self) -> None:
        """What is to be done; may give up with `OutOfTime`."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        while self._thread.is_alive():
            if self.running is not None:
                self.running.interrupt()
            self._thread.join(0.05)
        if self._failure is not None and error is None:
            raise self._failure

    def _run(self) -> None:
        try:
            self.work()
        except OutOfTime:
            pass
        except BaseException as failure:  # handed to the caller's thread
            self._failure = failure
