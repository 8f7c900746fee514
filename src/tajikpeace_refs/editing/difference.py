"""The difference of two states of a file, for people. Pure."""

from difflib import unified_diff


def difference(before: str, after: str, file: str) -> str:
    r"""Return the difference of two states of a file in the form of ``diff -u``.

    >>> print(difference("a\nb\n", "a\nc\n", "x.yaml"), end="")
    --- x.yaml
    +++ x.yaml (changed)
    @@ -1,2 +1,2 @@
     a
    -b
    +c
    """
    lines = unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), file, f"{file} (changed)")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
