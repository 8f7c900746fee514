"""Bytes to a file on the disk: whole or not at all, its owner, rights and names kept."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tajikpeace_refs.errors import UsageError

_DESCRIPTOR = re.compile(r"/(?:dev|proc/self)/fd/(\d+)")
_STANDARD = {"/dev/stdout": 1, "/dev/stderr": 2}
_temporaries: set[Path] = set()
"""The temporary files that there may be now."""


def write_bytes(path: Path, pieces: Iterable[bytes]) -> None:
    """Write pieces to a file, whole or not at all; where the path is a symbolic link, to the file that it leads to.

    What is no regular file (a pipe, a terminal, another device) is written into, when all pieces are there.

    Raises:
        UsageError: the file cannot be written; the old one, if any, is untouched.
    """
    if not path.parent.is_dir():
        raise UsageError(f"{str(path)!r} cannot be written: there is no such folder")
    try:
        with suppress(FileNotFoundError):
            path.stat()  # what leads nowhere, as links in a circle, is an error here
        if is_stream(path):
            _write_into(path, b"".join(pieces))
        else:
            _replace(path.resolve(), pieces)
    except OSError as error:
        raise UsageError(f"{str(path)!r} cannot be written: {error.strerror or error}") from None


def is_stream(path: Path) -> bool:
    """Whether a path stands for something that takes bytes and cannot be replaced: no regular file, or an open one."""
    return _descriptor(path) is not None or (path.exists() and not path.is_file())


def _descriptor(path: Path) -> int | None:
    """Return the number of the open file that a path stands for: ``/dev/stdout``, ``/dev/fd/3``."""
    found = _DESCRIPTOR.fullmatch(str(path))
    return int(found[1]) if found else _STANDARD.get(str(path))


def _write_into(path: Path, data: bytes) -> None:
    number = _descriptor(path)
    # Not made anew, should it vanish meanwhile; an open file is written on where it stands.
    descriptor = os.open(path, os.O_WRONLY) if number is None else os.dup(number)
    with open(descriptor, "wb") as stream:  # noqa: PTH123 - a descriptor
        stream.write(data)


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    """Write pieces to a temporary file beside a file, which then takes its place.

    A file with several names (hard links), or whose owner and group cannot be given to another, is overwritten instead,
    when the new text is on the disk.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    _temporaries.add(temporary)
    try:
        # The kernel applies the umask: asking for it (os.umask) would change it for all threads for a moment.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with open(descriptor, "wb") as stream:  # noqa: PTH123 - a descriptor
            stream.writelines(pieces)
            _to_disk(stream.fileno())
        if not path.exists() or _takes_rights(temporary, path.stat()):
            temporary.replace(path)
        else:
            _overwrite(path, temporary)
    finally:
        temporary.unlink(missing_ok=True)
        _temporaries.discard(temporary)


def remove_temporaries() -> None:
    """Remove the temporary files of writing that is under way: the process is about to end."""
    for temporary in tuple(_temporaries):
        temporary.unlink(missing_ok=True)


def _overwrite(path: Path, temporary: Path) -> None:
    """Copy a file over another one that is to stay the same file; if that ends half-way, the new one is kept."""
    with path.open("r+b") as old, temporary.open("rb") as new:
        try:
            shutil.copyfileobj(new, old)
            old.truncate()
            old.flush()
            _to_disk(old.fileno())
        except OSError as error:
            whole = temporary.replace(temporary.with_suffix(".whole"))
            raise UsageError(
                f"{str(path)!r} is only partly overwritten ({error.strerror}); its whole new text is {str(whole)!r}"
            ) from None


def _to_disk(descriptor: int) -> None:
    """Wait until a file is on the disk: after a power cut there is to be the old one or the new one, none empty."""
    os.fsync(descriptor)


def _takes_rights(temporary: Path, old: os.stat_result) -> bool:
    """Give a file the owner, group and rights of another one whose place it takes; return whether it can take it."""
    if old.st_nlink > 1:
        return False
    new = temporary.stat()
    try:
        if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
            shutil.chown(temporary, old.st_uid, old.st_gid)
    except PermissionError:
        return False
    temporary.chmod(stat.S_IMODE(old.st_mode) & 0o777)
    return True
