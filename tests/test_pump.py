"""The judge of scripts/pump.py, by times that the tests give: what it passes, what it catches, what it samples."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from scripts import pump


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Return the faults of a case whose smaller and larger text take those times, one for each try."""

    def faults(small: list[float], large: list[float]) -> list[str]:
        left = {1: iter(small), 4: iter(large)}
        monkeypatch.setattr(pump, "seconds", lambda do: next(left[do()]))
        return pump.faults_of((1, lambda size: [("read", lambda: size)]))

    return faults


def test_four_times_as_long_is_linear(times: Callable[..., list[str]]):
    assert times([0.2], [0.8]) == []


def test_what_takes_no_time_is_not_compared(times: Callable[..., list[str]]):
    assert times([0.001], [0.29]) == []


def test_sixteen_times_as_long_in_each_of_three_tries_is_a_fault(times: Callable[..., list[str]]):
    assert times([0.1, 0.1, 0.1], [1.6, 1.5, 1.7]) == ["read: 15 times as long"]


def test_one_slow_try_is_no_fault(times: Callable[..., list[str]]):
    assert times([0.1, 0.1], [1.6, 0.4]) == []


def test_exception_is_a_fault():
    def fail(_: int) -> pump.Steps:
        raise RecursionError("too deep")

    assert pump.faults_of((1, fail)) == ["RecursionError: too deep"]


def test_sample_has_one_text_for_each_field_and_every_file():
    every, sample = pump.cases(), pump.cases(16)
    assert sample.keys() < every.keys()
    fields = [name.split(": ")[0] for name in sample]
    files = fields.count("file") + fields.count("folded")
    others = [field for field in fields if field not in {"file", "folded"}]
    assert files == sum(name.startswith(("file: ", "folded: ")) for name in every)
    assert len(others) == len(set(others))
    assert set(fields) == {name.split(": ")[0] for name in every}
    assert pump.cases(17).keys() != sample.keys()
