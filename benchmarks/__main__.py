"""Run every benchmark of this folder: ``python -m benchmarks``; status 1 if one misses its target.

A module with a ``main`` that returns a status is a script; the others are shared by them.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

if __name__ == "__main__":
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    scripts = [module for name in names if hasattr(module := import_module(f"benchmarks.{name}"), "main")]
    sys.exit(max(script.main() for script in scripts))
