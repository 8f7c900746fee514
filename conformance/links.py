"""Link verdicts on the cases of ``../shared/links/field``, beside lychee and LinkChecker.

The cases' own script starts a web of invented hosts in a network namespace and calls a program; each peer is called by
an adapter, which gives it the addresses and reads its answers in the best sense: a 403 or a time-out is ``uncertain``,
a chain of permanent redirects ``moved``. Where the cases, a namespace or a peer are missing, it says so.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(os.environ.get("LINK_CASES", ROOT.parent / "shared" / "links" / "field")) / "run.sh"
_AS_USER = "import os; os.geteuid = lambda: 1000; from linkcheck.command.linkchecker import linkchecker; linkchecker()"
"""LinkChecker, which as root changes to a user who may not read its own files."""
Verdicts = dict[str, tuple[str, str]]
"""Verdict and reason by address."""


def _of_status(status: int, *, permanent: bool | None = None) -> tuple[str, str]:
    """Return the verdict of a final status; ``permanent``: of the redirects on the way, None for none."""
    if status in {404, 410}:
        return "dead", "not-found"
    if status >= 400:
        return "uncertain", "login" if status == 401 else "rate-limited" if status == 429 else "blocked"
    return {None: ("alive", "ok"), True: ("moved", "permanent-redirect"), False: ("redirected", "temporary-redirect")}[
        permanent
    ]


def _of_words(words: str) -> tuple[str, str]:
    """Return the verdict of an error that is described in words."""
    lowered = words.lower()
    for pattern, verdict in (
        ("refused", ("dead", "refused")), (r"dns|resolve|name or service|lookup", ("dead", "dns")),
        ("too many redirects|redirect loop|recursive", ("dead", "redirect-loop")),
        (r"invalid|unsupported|parse|malformed|no host|bad url", ("malformed", "not-a-url")),
    ):  # fmt: skip
        if re.search(pattern, lowered):
            return verdict
    return "uncertain", "timeout" if "time" in lowered else "tls"


def lychee(urls: list[str]) -> Verdicts:
    """Return lychee's answers."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as listed:
        listed.write("\n".join(urls) + "\n")
        listed.flush()
        command = [_program("lychee"), "--no-progress", "-vv", "--format", "json", "--max-retries", "2", listed.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    found: Verdicts = {}
    for kind in ("success_map", "error_map", "timeout_map", "excluded_map"):
        for answers in report[kind].values():
            for answer in answers:
                found.setdefault(answer["url"], _of_lychee(kind, answer))
    return found


def _of_lychee(kind: str, answer: dict[str, Any]) -> tuple[str, str]:
    status = answer["status"]
    words = f"{status.get('text', '')} {status.get('details', '')}"
    if kind == "excluded_map":
        return "skipped", "not-http"
    if kind == "timeout_map":
        return "uncertain", "timeout"
    codes = [redirect["code"] for redirect in answer.get("redirects", {}).get("redirects", ())]
    permanent = all(code in {301, 308} for code in codes) if codes else None
    if kind != "error_map":
        return _of_status(200, permanent=permanent)
    code = status.get("code")
    return _of_status(int(code)) if code else _of_words(words)


def linkchecker(urls: list[str]) -> Verdicts:
    """Return LinkChecker's answers."""
    command = [
        sys.executable,
        "-c",
        _AS_USER,
        "--no-status",
        "--verbose",
        "-r0",
        "-o",
        "csv",
        "--timeout",
        "20",
        "--stdin",
    ]
    done = subprocess.run(command, input="\n".join(urls) + "\n", capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if not line.startswith("#")]
    found: Verdicts = {}
    for row in csv.DictReader(io.StringIO("\n".join(lines)), delimiter=";"):
        status = re.match(r"(\d{3})\b", row["result"] or "")
        codes = re.findall(r"\b30[12378]\b", f"{row['infostring']} {row['warningstring']}")
        moved = "Redirected" in f"{row['infostring']} {row['warningstring']}"
        permanent = (bool(codes) and set(codes) <= {"301", "308"}) if moved else None
        verdict = _of_status(int(status[1]), permanent=permanent) if status else _of_words(row["result"] or "")
        found[row["urlname"]] = ("alive", "ok") if row["valid"] == "True" and not status else verdict
    return found


def _program(name: str) -> str:
    beside = str(Path(sys.executable).parent)
    return shutil.which(name, path=beside) or shutil.which(name) or ""


PEERS: dict[str, Callable[[list[str]], Verdicts]] = {"lychee": lychee, "linkchecker": linkchecker}


def answer(peer: str, arguments: list[str]) -> None:
    """Write the report of a peer in the place of ``check-links FILE --json REPORT``."""
    works = yaml.safe_load(Path(arguments[1]).read_text(encoding="utf-8"))["references"]
    urls = [work["URL"] for work in works if work.get("URL")]
    verdicts = PEERS[peer](urls)
    links = []
    for work in works:
        url = work.get("URL") or ""
        verdict, reason = verdicts.get(url) or verdicts.get(url.partition("#")[0]) or ("malformed", "not-a-url")
        links.append({"id": work["id"], "url": url, "verdict": verdict, "reason": reason, "suggested_url": None,
                      "final_url": None})  # fmt: skip
    Path(arguments[arguments.index("--json") + 1]).write_text(json.dumps({"links": links}), encoding="utf-8")


def score(name: str, command: str) -> str:
    """Return the last line that the cases' script prints of a program, or why there is none."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "program"
        program.write_text(f'#!/bin/sh\ncd {ROOT}\nexec {sys.executable} -m {command} "$@"\n', encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        done = subprocess.run([str(CASES), "--bin", str(program)], capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    return f"{name}: {lines[-1] if lines else done.stderr.strip()[-200:] or 'no answer'}"


def main() -> int:
    """Print the score of each program; 0, since the cases are others' and the run needs a namespace."""
    if not CASES.exists():
        print("links: ../shared/links/field is not here")
        return 0
    print("links:", score("tajikpeace-refs", "tajikpeace_refs"))
    for name in PEERS:
        print("links:", score(name, f"conformance.links {name}") if _program(name) else f"{name} is not installed")
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        answer(sys.argv[1], sys.argv[2:])
    else:
        sys.exit(main())
