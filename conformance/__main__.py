"""Run every conformance script of this folder: ``python -m conformance``; status 1 if one of them is broken."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

SCRIPTS = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))

if __name__ == "__main__":
    sys.exit(max(import_module(f"conformance.{name}").main() for name in SCRIPTS))
