"""The project's APA cases, held by the ratchet: what is listed as a gap fails, everything else passes."""

from __future__ import annotations

import pytest
from conformance.apa import CASES, OURS, PEERS, cases, known_gaps, same, score

FOUND = [case for case in cases(CASES) if case.right is not None]


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.id)
def test_case(case):
    """What we print is what was agreed, unless the case is a known gap: then it still differs."""
    ours = case.ours()
    assert same(ours, case.right) is (case.id not in known_gaps()), ours


def test_gaps_are_cases_with_a_reason():
    """A gap names a case and says why; a case in both lists would be no gap."""
    assert all(reason.strip() for reason in known_gaps().values())


def test_no_peer_is_better():
    """On the same cases none of the recorded peers has more right, and none can transliterate on its own."""
    scores = score(FOUND)
    totals = {name: sum(counts.values()) for name, counts in scores.items()}
    assert max(totals, key=totals.__getitem__) == OURS
    assert all(totals[name] < totals[OURS] for name in PEERS.values())
