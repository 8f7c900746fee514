"""The project's APA cases, held by the ratchet: what is listed as a gap fails, everything else passes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conformance.apa import CASES, OURS, PEERS, broken, cases, known_gaps, same, score

FOUND = [case for case in cases(CASES) if case.right is not None]


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.id)
def test_conformance_case_is_printed_as_expected(case):
    """What we print is what was agreed, unless the case is a known gap: then it still differs."""
    ours = case.ours()
    assert same(ours, case.right) is (case.id not in known_gaps()), ours


def test_known_gap_that_passes_breaks_the_ratchet():
    """A listed gap that passes and an unlisted case that fails both break the run; each gap has its reason."""
    passing = next(case for case in FOUND if same(case.ours(), case.right))
    failing = replace(passing, id="failing", right="Something else.")
    assert broken([passing], {}) == []
    assert broken([failing], {"failing": "why"}) == []
    assert "take it off" in broken([passing], {passing.id: "why"})[0]
    assert "Something else." in broken([failing], {})[0]
    assert all(reason.strip() for reason in known_gaps().values())


def test_no_peer_is_better():
    """On the same cases none of the recorded peers has more right, and none can transliterate on its own."""
    scores = score(FOUND)
    totals = {name: sum(counts.values()) for name, counts in scores.items()}
    assert max(totals, key=totals.__getitem__) == OURS
    assert all(totals[name] < totals[OURS] for name in PEERS.values())
