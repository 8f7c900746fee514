"""Old public names: served with a DeprecationWarning until version 0.3."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from tajikpeace_refs.errors import level_of_caller


def renamed(module: str, names: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a module (PEP 562) that has renamed some of its names; ``names``: old to new."""

    def getattr_(name: str) -> Any:  # noqa: ANN401 - whatever has the new name
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        warn_renamed(f"{module}.{name}", names[name])
        return getattr(sys.modules[module], names[name])

    return getattr_


def warn_renamed(old: str, new: str) -> None:
    """Warn, at the line that uses it, that an old name is now another."""
    warnings.warn(
        f"{old} is now {new}; the old name is removed in 0.3", DeprecationWarning, stacklevel=level_of_caller()
    )
