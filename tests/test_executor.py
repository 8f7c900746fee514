"""The same results by any executor: threads, a process pool, and a cluster of two dask workers."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

import tajikpeace_refs as refs
from tajikpeace_refs import parallel
from tajikpeace_refs.links import CheckOptions, Exchange, LinkReport, Reason, _tasks, check_links
from tajikpeace_refs.model import Webpage
from tajikpeace_refs.parallel import LostTaskWarning, Task
from tests.fault_server import FaultServer, page, redirect
from tests.worker_probe import Diary

# What dask's own connections leave behind when a worker is killed or the cluster closes is none of ours.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:distributed"),
    # A race of dask's that the library makes good, and reports.
    pytest.mark.filterwarnings(
        "ignore:the executor gave ValueError. too many values:tajikpeace_refs.parallel.LostTaskWarning"
    ),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Client]:
    options: dict[str, Any] = {"dashboard_address": None, "host": "127.0.0.1", "silence_logs": 50}
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **options) as local, Client(local) as client:
        yield client


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.fixture(params=["threads", "processes", pytest.param("dask", marks=pytest.mark.cluster)])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    if request.param == "threads":
        with ThreadPoolExecutor(3) as pool:
            yield pool
    elif request.param == "processes":
        yield request.getfixturevalue("processes")
    else:
        yield request.getfixturevalue("cluster").get_executor()


def bib() -> str:
    """Entries that need others: strings, a parent after its children and in another chunk, keys used twice."""
    parts = ['@string{pub = "Devashtich"}', "@comment{one}", "@preamble{two}", "stray words"]
    for number in range(40):
        parts.append(
            f"@incollection{{k{number % 30}, title={{On {number}}}, author={{Usmonov, I.}}, publisher=pub, "
            f"crossref={{{'all' if number % 2 else 'later'}}}, month=jun, year=2006, titleaddon={{Peace}}}}"
        )
        if number == 17:
            parts += ['@string{pub = "Irfon"}', "@xdata{later, address={Dushanbe}}", "@book{broken, title={x}, year={}"]
    parts += ["@book{мир, title={Мир}}", "@book{mir, title={Mir}}", "@collection{all, title={Essays}, year=1999}"]
    return "\n\n".join(parts)


def ris() -> str:
    """Records without an ID whose made ids clash, with one that is used twice, and trouble between them."""
    records = []
    for number in range(60):
        name = f"ID  - r{number % 25}\n" if number % 3 else ""
        records.append(f"TY  - BOOK\n{name}AU  - Usmonov, I.\nTI  - The peace\nTT  - Peace\nPY  - 2006\nER  - \n")
        if number == 30:
            records.append("XX  - stray\nand more\n")
    return "\n".join(records) + "TY  - JOUR\nTI  - never ended\n"


def lines() -> str:
    items: list[Any] = [{"id": f"j{n % 50}", "type": "book", "title": f"T {n}", "note": "x"} for n in range(60)]
    items[7] = {"type": "book", "title": "no id"}
    items[21] = {"id": "odd", "type": "bok", "title": "x"}
    return "\n".join(json.dumps(item) for item in items) + "\n\n[1]\n"


SOURCES = {"a.bib": bib, "a.ris": ris, "a.jsonl": lines}


def converted(source: Path, target: Path, executor: Executor | None) -> tuple[int, bytes, list[str], list[str]]:
    problems: list[str] = []
    losses: list[str] = []
    count = refs.convert(
        source,
        target,
        on_problem=lambda problem: problems.append(str(problem)),
        on_loss=lambda loss: losses.append(str(loss)),
        executor=executor,
    )
    return count, target.read_bytes(), problems, losses


@pytest.mark.parametrize("suffix", [".bib", ".ris", ".json", ".yaml", ".txt"])
@pytest.mark.parametrize("name", list(SOURCES))
def test_executor_gives_the_same_bytes_problems_and_losses(
    name: str, suffix: str, executor: Executor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Chunks of seven works give what the one stream gives: ids, keys, strings, parents, messages and their order."""
    monkeypatch.setattr(parallel, "CHUNK_SIZE", 7)
    source = tmp_path / name
    source.write_text(SOURCES[name](), encoding="utf-8")
    plain = converted(source, tmp_path / f"plain{suffix}", None)
    assert plain[0] > 40
    assert plain[2]
    assert converted(source, tmp_path / f"apart{suffix}", executor) == plain


def test_chunks_of_any_size_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """However many records a chunk holds."""
    for name, text in SOURCES.items():
        source = tmp_path / name
        source.write_text(text(), encoding="utf-8")
        plain = converted(source, tmp_path / "plain.bib", None)
        for size in (1, 2, 3, 59, 60, 1000):
            monkeypatch.setattr(parallel, "CHUNK_SIZE", size)
            with ThreadPoolExecutor(2) as pool:
                assert converted(source, tmp_path / "apart.bib", pool) == plain


def test_executor_gets_one_task_a_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """One task a chunk, and one more for a chunk in which an id had to change."""
    monkeypatch.setattr(parallel, "CHUNK_SIZE", 10)
    handed: list[object] = []

    class Counting(ThreadPoolExecutor):
        def submit(self, *args: Any, **more: Any) -> Any:
            handed.append(args[1])
            return super().submit(*args, **more)

    source = tmp_path / "a.ris"
    record = "TY  - BOOK\nID  - {0}\nTI  - x\nER  - \n"
    source.write_text("".join(record.format(number) for number in range(40)) + record.format(3), encoding="utf-8")
    with Counting(2) as pool:
        assert refs.convert(source, tmp_path / "a.bib", on_problem=lambda _problem: None, executor=pool) == 41
    assert len(handed) == 6


def broken(*_: Any) -> Any:
    raise ConnectionError("the worker is gone")


class Breaking(ThreadPoolExecutor):
    """An executor that loses every third task."""

    count = 0

    def submit(self, function: Any, /, *args: Any, **more: Any) -> Any:
        self.count += 1
        return super().submit(broken if self.count % 3 == 0 else function, *args, **more)


def test_lost_task_is_done_here_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing is lost with it, works or links; a mistake of the call itself is raised."""
    monkeypatch.setattr(parallel, "CHUNK_SIZE", 5)
    monkeypatch.setattr(_tasks, "TASK", 2)
    (tmp_path / "a.ris").write_text(ris(), encoding="utf-8")
    plain = converted(tmp_path / "a.ris", tmp_path / "plain.bib", None)
    with Breaking(2) as pool, pytest.warns(LostTaskWarning, match="the worker is gone"):
        assert converted(tmp_path / "a.ris", tmp_path / "apart.bib", pool) == plain
    with Breaking(2) as pool, pytest.warns(LostTaskWarning):
        reports = bare(list(check_links(web_works(7, 2), probe=Diary(tmp_path), executor=pool)))
    assert len(reports) == 14
    with ThreadPoolExecutor(1) as pool, pytest.warns(LostTaskWarning), pytest.raises(ZeroDivisionError):
        Task(pool, divmod, 1, 0).result()


def test_broken_pool_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A process pool one of whose workers was killed refuses all further tasks: this process does them."""
    monkeypatch.setattr(parallel, "CHUNK_SIZE", 5)
    monkeypatch.setattr(parallel, "MAX_PENDING", 2)
    (tmp_path / "a.ris").write_text(ris(), encoding="utf-8")
    plain = converted(tmp_path / "a.ris", tmp_path / "plain.bib", None)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        pid = pool.submit(os.getpid).result()
        os.kill(pid, signal.SIGKILL)
        with pytest.warns(LostTaskWarning, match="BrokenProcessPool"):
            assert converted(tmp_path / "a.ris", tmp_path / "apart.bib", pool) == plain


def test_parent_named_by_a_string_goes_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Which entry is meant shows only when the string is put in."""
    monkeypatch.setattr(parallel, "CHUNK_SIZE", 1)
    (tmp_path / "a.bib").write_text(
        '@string{par = "parent"}\n@incollection{a, title={A}, crossref={parent}}\n@book{b, title={B}}\n'
        "@incollection{c, title={C}, crossref=par}\n@collection{parent, title={Essays}, year=1999}\n",
        encoding="utf-8",
    )
    plain = converted(tmp_path / "a.bib", tmp_path / "plain.ris", None)
    with ThreadPoolExecutor(2) as pool:
        assert converted(tmp_path / "a.bib", tmp_path / "apart.ris", pool) == plain
    assert plain[1].count(b"Essays") == 3


def test_errors_are_raised_and_nothing_is_written(executor: Executor, tmp_path: Path):
    """As without an executor."""
    source, target = tmp_path / "a.bib", tmp_path / "a.ris"
    source.write_text(bib(), encoding="utf-8")
    target.write_text("old", encoding="utf-8")
    with pytest.raises(refs.InputError, match="never closed") as shared:
        refs.convert(source, target, executor=executor, on_loss="ignore")
    with pytest.raises(refs.InputError) as plain:
        refs.convert(source, target, on_loss="ignore")
    assert str(shared.value) == str(plain.value)
    assert target.read_text(encoding="utf-8") == "old"
    other = tmp_path / "b.ris"
    other.write_text(ris(), encoding="utf-8")
    with pytest.raises(refs.LossError, match="translated-title"):
        refs.convert(other, tmp_path / "b.bib", on_problem=lambda _problem: None, on_loss="error", executor=executor)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.bib", "a.ris", "b.ris"]


def bare(reports: list[LinkReport]) -> dict[str, LinkReport]:
    """The reports by id, without the time they took."""
    found = {report.id: report.model_copy(update={"elapsed_s": 0.0}) for report in reports}
    assert len(found) == len(reports)
    return found


def test_executor_gives_the_same_verdicts(executor: Executor, monkeypatch: pytest.MonkeyPatch):
    """From a real server: redirects from host to host, fragments, addresses of several works, and what is not a URL."""
    monkeypatch.setattr(_tasks, "TASK", 5)
    paths = {f"/p{n}": page(404) if n % 7 == 0 else page() for n in range(30)}
    with FaultServer(paths | {"/moved": redirect("/p1", 301)}) as server:
        urls = [f"http://127.0.0.1:{server.port}/p{n % 30}#a" for n in range(33)]
        urls += [f"http://localhost:{server.port}/moved", "Thttp://x.invalid/", "http://nowhere.invalid/", ""]
        works = [Webpage(id=f"w{n}", type="webpage", title="A page", url=url) for n, url in enumerate(urls)]
        options = CheckOptions(per_host=8, allow_networks=("127.0.0.0/8", "::1/128"))
        plain = bare(list(check_links(works, options=options)))
        assert bare(list(check_links(works, options=options, executor=executor))) == plain
        assert len(plain) == 37
        assert {report.verdict for report in plain.values()} >= {"alive", "dead", "moved", "malformed", "missing"}
        assert all(server.hits[path] == 2 for path in paths if path != "/p1")


def web_works(hosts: int, each: int) -> list[Webpage]:
    return [
        Webpage(id=f"h{host}p{number}", type="webpage", title="A page", url=f"https://h{host}.example.org/{number}")
        for number in range(each)
        for host in range(hosts)
    ]


def test_cited_host_is_asked_by_one_worker(executor: Executor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Never by two at once, and never by more at once than the limit for a host says."""
    monkeypatch.setattr(_tasks, "TASK", 8)
    diary = Diary(tmp_path)
    options = CheckOptions(per_host=2, gap_s=0.0)
    reports = bare(list(check_links(web_works(8, 6), options=options, probe=diary, executor=executor)))
    assert len(reports) == 48
    entries = diary.entries()
    assert len(entries) == 48
    for host in {entry[3] for entry in entries}:
        assert len({pid for pid, _, _, asked in entries if asked == host}) == 1
        spans = [(began, ended) for _, began, ended, asked in entries if asked == host]
        assert max(sum(b <= began < e for b, e in spans) for began, _ in spans) <= 2


def test_name_resolved_in_one_task_counts_in_all(executor: Executor, tmp_path: Path, monkeypatch: Any):
    """No such host is dead where another task saw a name resolved."""
    monkeypatch.setattr(_tasks, "TASK", 1)
    gone = Exchange(fault=Reason.DNS)
    works = web_works(2, 1)
    diary = Diary(tmp_path, {works[0].url or "": gone})
    reports = bare(list(check_links(works, probe=diary, executor=executor)))
    assert reports["h0p0"].verdict == "dead"
    assert reports["h1p0"].verdict == "alive"


@pytest.fixture
def victim(cluster: Client) -> int:
    """The process of a worker, when both are there."""
    cluster.wait_for_workers(2, timeout=60)
    pids: dict[str, int] = cluster.run(os.getpid)
    return next(iter(pids.values()))


def kill(pid: int) -> None:
    """End a worker without a word, as a machine does that loses its power."""
    os.kill(pid, signal.SIGKILL)


def test_killed_worker_loses_no_link(cluster: Client, victim: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Dask runs its tasks again: every work has one report."""
    monkeypatch.setattr(_tasks, "TASK", 4)
    diary = Diary(tmp_path, takes_s=0.05)
    reports: list[LinkReport] = []
    for report in check_links(web_works(20, 4), probe=diary, executor=cluster.get_executor()):
        if not reports:
            kill(victim)
        reports.append(report)
    assert len(bare(reports)) == 80
    assert all(report.verdict == "alive" for report in reports)
    assert len({pid for pid, *_ in diary.entries()}) >= 2
    assert victim not in cluster.run(os.getpid).values()


def test_killed_worker_loses_no_work(cluster: Client, victim: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The converted file is the same, byte for byte."""
    monkeypatch.setattr(parallel, "CHUNK_SIZE", 50)
    source = tmp_path / "a.ris"
    record = "TY  - BOOK\r\nID  - {0}\r\nAU  - Usmonov, I.\r\nTI  - Work {0}\r\nTT  - y\r\nPY  - 2006\r\nER  - \r\n"
    source.write_bytes("".join(record.format(number) for number in range(6000)).encode())
    assert refs.convert(source, tmp_path / "plain.bib", on_loss="ignore") == 6000
    losses: list[refs.Loss] = []

    def listen(loss: refs.Loss) -> None:
        if not losses:
            kill(victim)
        losses.append(loss)

    executor = cluster.get_executor()
    assert refs.convert(source, tmp_path / "apart.bib", on_loss=listen, executor=executor) == 6000
    assert (tmp_path / "apart.bib").read_bytes() == (tmp_path / "plain.bib").read_bytes()
    assert len(losses) == 6000
    assert victim not in cluster.run(os.getpid).values()
