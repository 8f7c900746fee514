"""Look up whether what this package depends on has known vulnerabilities: pip-audit, where PyPI's data can be reached.

Run: python scripts/audit.py  (in the environment that is looked at)
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from http.client import HTTPException
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.request import urlopen

from packaging.requirements import Requirement

DATA = "https://pypi.org/pypi/{}/{}/json"
"""What pip-audit asks; a mirror without it would make every package look unknown and thus harmless."""
_WAIT_S = 10


def installed(name: str, extras: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return the versions of what an installed package needs here, directly or not, by name."""
    found: dict[str, str] = {}
    waiting, seen = [(name, extras)], set()
    while waiting:
        package, wanted = waiting.pop()
        if (package, wanted) in seen:
            continue
        seen.add((package, wanted))
        for line in distribution(package).requires or ():
            need = Requirement(line)
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in (*wanted, "")):
                found[need.name] = distribution(need.name).version
                waiting.append((need.name, frozenset(need.extras)))
    return found


def trouble(address: str) -> str:
    """Return why the data on vulnerabilities cannot be had at an address, or an empty text."""
    try:
        with urlopen(address, timeout=_WAIT_S) as answer:
            known = json.load(answer)
    except (OSError, ValueError, HTTPException) as error:
        return str(getattr(error, "reason", error))
    return "" if "vulnerabilities" in known else "it says nothing of vulnerabilities"


def main() -> int:
    """Return the status of pip-audit: 0 for nothing known, 1 for vulnerabilities; 0 and a message for no data."""
    try:
        pinned = installed("tajikpeace-refs")
    except PackageNotFoundError as error:
        print(f"not audited: {error} is not installed", file=sys.stderr)
        return 1
    address = DATA.format("requests", pinned["requests"])
    if why := trouble(address):
        print(f"not audited: {address} cannot be used ({why})")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text("".join(f"{name}=={version}\n" for name, version in sorted(pinned.items())))
        options = ["--no-deps", "--disable-pip", "--progress-spinner=off", "--requirement", str(listed)]
        return subprocess.run([sys.executable, "-m", "pip_audit", *options], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
