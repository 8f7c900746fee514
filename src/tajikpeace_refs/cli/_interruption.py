"""Ctrl-C and SIGTERM as wishes to end soon, so that what is known can be written."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from tajikpeace_refs.writing import remove_temporaries


class Interruption:
    """Which signal has asked this process to end, if any."""

    def __init__(self) -> None:
        self._number = 0

    def is_wanted(self) -> bool:
        """Whether a signal has come."""
        return self._number > 0

    @property
    def status(self) -> int:
        """The exit status that tells of the signal: 130 after Ctrl-C, 143 after SIGTERM."""
        return 128 + self._number

    def take(self, number: int, _frame: FrameType | None) -> None:
        """Note a signal; the second ends the process at once."""
        if self._number:
            sys.exit(128 + number)
        self._number = number


@contextmanager
def interruptible() -> Iterator[Interruption]:
    """Take Ctrl-C and SIGTERM as wishes; one that the caller of this process has made it ignore stays ignored."""
    interruption = Interruption()
    former = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) not in {signal.SIG_IGN, None}:
                former[number] = signal.signal(number, interruption.take)
    try:
        yield interruption
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def clean_up_on_sigterm() -> None:
    """End this process at SIGTERM with status 143, its temporary files removed; its workers see to themselves."""
    if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _clean_up)


def _clean_up(number: int, _frame: FrameType | None) -> None:
    # No exception: Python drops one that is raised in a finaliser, and the signal would be lost.
    remove_temporaries()
    with suppress(OSError):
        os.write(2, b"ended by SIGTERM\n")
    os._exit(128 + number)


def be_worker() -> None:
    """Live in this process for the one that started it, which gets Ctrl-C too, and end when that one has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing

    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
