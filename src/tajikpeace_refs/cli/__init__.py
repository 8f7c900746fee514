"""The command line ``tajikpeace-refs``: one module a command; nothing else in the package prints or exits.

Exit status: 0 success; 1 success, but something was found; 2 wrong usage, or input that cannot be read; 3 the network
could not be reached; 130 interrupted by Ctrl-C; 143 ended by SIGTERM.
"""

from __future__ import annotations

import os
import sys
import warnings
from typing import Annotated, NoReturn

import typer

from tajikpeace_refs.cli import add, change, check_links, export, init, keys, lint, lookup, merge, schema, verify
from tajikpeace_refs.cli._interruption import clean_up_on_sigterm
from tajikpeace_refs.errors import RefsError, visible, visible_lines

_HELP = """Keep a bibliography in one YAML file; write .bib, APA 7, GOST, RIS or a web page from it.

\b
Examples:
  tajikpeace-refs init
  tajikpeace-refs add references.yaml -           then paste BibTeX or RIS
  tajikpeace-refs lint
  tajikpeace-refs export --cited paper.tex -o paper.bib
  tajikpeace-refs check-links mine.yaml --json report.json

SOURCE is the file to read: .yaml, .bib, .ris or .json, or - for standard input. Without it, references.yaml or
data/references.yaml in this folder is read, or else the example list of the package. FILE is a .yaml or .bib file that
is changed. Results go to standard output, messages to standard error.

Exit status: 0 success; 1 success, but something was found; 2 wrong usage, or input that cannot be read; 3 the network
could not be reached; 130 interrupted by Ctrl-C; 143 ended by SIGTERM.
"""

app = typer.Typer(
    name="tajikpeace-refs",
    help=_HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
app.command("init")(init.init)
app.command("add", context_settings=add.CONTEXT)(add.add)
app.command("set")(change.set_values)
app.command("rename")(change.rename)
app.command("remove")(change.remove)
app.command("sort")(change.sort)
app.command("confirm")(change.confirm)
app.command("merge")(merge.merge)
app.command("dedupe")(merge.dedupe)
app.command("keys")(keys.keys)
app.command("list")(lookup.list_works)
app.command("show")(lookup.show)
app.command("search")(lookup.search)
app.command("cite")(lookup.cite)
app.command("export")(export.export)
app.command("lint")(lint.check)
app.command("check-links")(check_links.check)
app.command("verify")(verify.verify)
app.command("errata")(lookup.errata)
app.command("schema")(schema.schema)


def _version(wanted: bool) -> None:
    if wanted:
        from tajikpeace_refs import __version__

        typer.echo(f"tajikpeace-refs {__version__}")
        raise typer.Exit


@app.callback()
def _all(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def _open_closed_streams() -> None:
    """Give each standard stream that our caller has closed a place, where reading finds nothing and writing fails.

    Python leaves it out, and the next file that is opened would take its number.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            is_output = name == "stdout"
            place = os.open(os.devnull, os.O_RDONLY if is_output else os.O_RDWR)
            if place != number:
                os.dup2(place, number)
            setattr(sys, name, open(number, "r" if name == "stdin" else "w", closefd=False))  # noqa: SIM115


def _end_quietly() -> NoReturn:
    """End where the reader of our output has gone (``| head``): no error, but nothing more can be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(0)


def main() -> None:
    """Run the command line: the entry point of ``tajikpeace-refs``."""
    _open_closed_streams()
    # Warnings of the library are messages to the user: without Python's file and line.
    warnings.showwarning = lambda message, *_: typer.echo(visible(str(message)), err=True)
    clean_up_on_sigterm()
    try:
        app()
    except RefsError as error:
        typer.echo(visible_lines(str(error)), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        _end_quietly()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # click makes status 1 of it
            _end_quietly()
        raise
    except OSError as error:  # a full disk, a closed terminal
        typer.echo(f"the output cannot be written: {error.strerror or error}", err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)
