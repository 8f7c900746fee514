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
    lines = unified_diff(before.splitlines(), after.splitlines(), file, f"{file} (changed)", lineterm="")
    return "".join(f"{line}\n" for line in lines)
