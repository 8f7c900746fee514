"""The benchmarks: what they measure on is sound, and what they print is what they measured. No time is asserted."""

from __future__ import annotations

import os
import re
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from benchmarks import data, measure, report
from benchmarks.measure import Row, Side

import tajikpeace_refs as refs
from tajikpeace_refs.options import FormatName

WORKS = list(data.works(600))
ROWS = (
    Row("Formats", "a → b", "slow | <peer>", ours=0.5, theirs=4.0, target=5.0, ours_mb=80.2, theirs_mb=90.0),
    Row("Formats", "a → b", "the bound", ours=0.5, theirs=0.1, target=1 / 3, ours_mb=80.2),
    Row("Formats", "a → b", "gone", ours=0.5, theirs=None, target=2.0, note="not installed (x)"),
    Row("Scale", "a → b", "1,000 works", ours=6.7e-5, theirs=None, ours_mb=310.0, most_mb=300.0),
)


def test_data_are_the_same_in_every_run():
    """Two runs give the same records, and more of them begin with those of fewer."""
    assert list(data.records(300)) == list(data.records(300)) == list(islice(data.records(900), 300))


def test_data_are_shaped_like_real_files():
    """What the formats and the APA engine find hard is there: types, scripts, long lists, names, odd characters."""
    assert len({work.type for work in WORKS}) >= 7
    titles = [work.title or "" for work in WORKS]
    for found in ("[қҳӣғҷ]", "[äöüß]", r"\bthe\b", "NATO", ": ", r"[$&%#]|<i>"):
        assert any(re.search(found, title) for title in titles), found
    assert max(len(work.author) for work in WORKS) == 60
    assert len(next(islice(data.records(2751), 2750, None))["author"]) == 500
    names = [name for work in WORKS for name in work.author]
    assert any(name.non_dropping_particle for name in names) and any(name.literal for name in names)
    assert any(work.abstract and work.keyword for work in WORKS) and any(work.extra for work in WORKS)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (name, refs.render(WORKS, name, on_loss="ignore" if name == "ris" else "error"))
        for name in ("csl-yaml", "csl-json", "bibtex", "biblatex", "ris")
    ]
    + [("bibtex", data.bib(WORKS)), ("csl-json", data.json_lines(WORKS))],
)
def test_data_come_back_through_every_format(name: FormatName, text: str):
    """Every work is equal after a trip, braces aside (docs/formats.md): each side is timed on the same works."""
    assert [_bare(work) for work in refs.parse(text, name)] == [_bare(work) for work in WORKS]


def _bare(work: refs.Work) -> refs.Work:
    spans = re.compile("</?span[^>]*>")
    texts = {key: spans.sub("", value) for key, value in work.variables().items() if key.endswith("title")}
    return work.model_copy(update={**texts, "extra": tuple(field for field in work.extra if field.format != "tex")})


def test_files_are_written_as_a_stream_of_the_same_works(tmp_path: Path):
    """The four files hold the same works, also beyond one portion."""
    folder = data.prepared(tmp_path, 1100)
    found = {path.suffix: [work.id for work in refs.load(path)] for path in folder.iterdir()}
    assert set(found) == {".yaml", ".bib", ".ris", ".jsonl"}
    assert all(ids == [record["id"] for record in data.records(1100)] for ids in found.values())


def counting(folder: Path) -> measure.Run:
    """Count the files of the folder."""
    return lambda: len(list(folder.iterdir()))


def missing(_folder: Path) -> measure.Run:
    """Need what nobody has."""
    raise measure.AbsentError("x")


def failing(_folder: Path) -> measure.Run:
    """Fall in the first round."""
    return lambda: os._exit(3)


def test_sides_are_measured_in_processes_of_their_own(tmp_path: Path):
    """Each side has its rounds, median, count and peak; one that is not installed or fails says so and stops nothing."""
    (tmp_path / "a").touch()
    sides = [Side("ours", counting), Side("peer", counting, target=2), Side("gone", missing), Side("broken", failing)]
    peer, gone, broken = measure.compare("T", "count", 1, tmp_path, sides)
    assert peer.ours > 0 and peer.theirs and peer.ours_mb and 1 < peer.ours_mb < 1000
    assert (peer.note, gone.note, gone.theirs, gone.met) == ("", "not installed: x", None, None)
    assert (broken.note, broken.theirs) == ("failed with status 3", None)
    [odd] = measure.compare("T", "count", 2, tmp_path, sides[:2])
    assert odd.note == "peer did 1 of 2 works; ours did 1 of 2 works"
    worker = measure.measured(tmp_path, sides[:1])[0]
    assert len(worker.times) == measure.ROUNDS
    worker.times = [3.0, 1.0, 2.5]
    assert worker.seconds == 2.5


def test_ratios_are_compared_with_their_targets():
    """Speed is the peer's time over ours; a target below 1 allows more time; nothing to compare is neither."""
    assert [row.speed for row in ROWS] == [8.0, 0.2, None, None]
    assert [row.met for row in ROWS] == [True, False, None, False]


def test_table_shows_what_was_measured():
    """One row a comparison: times, ratio, target, whether met, memory."""
    lines = report.table(ROWS).splitlines()[2:]
    assert lines[0] == "| a → b | slow \\| <peer> | 500 ms | 4 s | 8.0 × as fast | ≥ 5.0 × as fast | yes | 80 | 90 |"
    assert lines[1].endswith("| 500 ms | 100 ms | 5.0 × the time | ≤ 3.0 × the time | **no** | 80 |  |")
    assert lines[2] == "| a → b | gone (not installed (x)) | 500 ms |  |  | ≥ 2.0 × as fast |  |  |  |"
    assert lines[3] == "| a → b | 1,000 works | 67 µs |  |  | ≤ 300 MB | **no** | 310 |  |"


def test_plot_is_well_formed_and_has_a_text_description():
    """A bar for each comparison, a mark for each target, and a text for those who do not see it."""
    plot = ET.fromstring(report.svg(ROWS))  # noqa: S314 - our own
    space = "{http://www.w3.org/2000/svg}"
    assert len(plot.findall(f"{space}rect")) == 2
    assert len([path for path in plot.findall(f"{space}path") if path.get("class") == "target"]) == 2
    assert plot.findtext(f"{space}desc") == (
        "a → b beside slow | <peer>: 8.0 × as fast; a → b beside the bound: 5.0 × the time (missed)"
    )


def test_results_come_back_from_their_json():
    """The JSON holds everything that the tables are made of."""
    results = report.Results.of(ROWS)
    assert report.Results.load(results.json()) == results


def test_summary_is_one_sentence_of_the_main_ratios():
    """Only the rows that it names, each as many times as fast or as long as the peer."""
    rows = (
        Row("APA", "models → APA list", "citeproc-py", ours=0.5, theirs=4.0),
        Row("Formats", "RIS → models", "rispy loads (dicts)", ours=3.0, theirs=1.0),
        *ROWS,
    )
    results = report.Results("2026-11-26", "a machine", {}, rows)
    assert results.summary() == (
        "2026-11-26: an APA list 8.0 × as fast as citeproc-py; RIS read 3.0 × the time of rispy, which makes dicts.\n"
    )


def test_documents_quote_the_results():
    """The tables in the docs are those of the last full run; ``make bench`` renews them."""
    results = report.Results.load((report.FOLDER / "results.json").read_text(encoding="utf-8"))
    assert (report.FOLDER / "results.md").read_text(encoding="utf-8") == results.markdown()
    for path in report.QUOTING:
        text = path.read_text(encoding="utf-8")
        assert "<!-- benchmarks: " in text and report.quoted(text, results) == text
    assert results.where() in (report.ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
