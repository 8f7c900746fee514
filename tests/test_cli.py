"""The command line as people use it: results to stdout, the rest to stderr, exit statuses, no traceback."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conformance.apa import without_brackets

import tajikpeace_refs as refs
from tajikpeace_refs.options import FormatName
from tests.conftest import DATA

COMMANDS = ("export", "lint", "list", "show", "search", "cite", "errata", "schema")


def run(
    *arguments: str, stdin: str | bytes = "", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    data = stdin if isinstance(stdin, bytes) else stdin.encode()
    done = subprocess.run(
        [sys.executable, "-m", "tajikpeace_refs", *arguments],
        input=data, capture_output=True, check=False, cwd=cwd, env={**os.environ, "COLUMNS": "100", **environment},
    )  # fmt: skip
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_export_writes_the_corpus_as_bibtex(tmp_path: Path):
    """The main job: 18 entries, the file named on stderr, nothing on stdout."""
    out = tmp_path / "references.bib"
    done = run("export", "-o", str(out))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith(f"{out}: 18 works, BibTeX\n")
    assert out.read_text(encoding="utf-8").count("\n@") == 17
    assert out.read_bytes() == (DATA / "golden" / "corpus.bibtex.bib").read_bytes()


def test_several_processes_write_the_same_bytes(tmp_path: Path, corpus: refs.Library):
    """--jobs shares a long file out; what is reported is the same too."""
    refs.export(corpus, tmp_path / "a.ris", on_loss="ignore")
    messages = []
    for jobs in ("1", "2"):
        done = run("export", str(tmp_path / "a.ris"), "-o", str(tmp_path / f"{jobs}.bib"), "--jobs", jobs)
        assert done.returncode == 0
        messages.append(done.stderr.replace(f"{jobs}.bib", "x.bib"))
    assert (tmp_path / "1.bib").read_bytes() == (tmp_path / "2.bib").read_bytes()
    assert messages[0] == messages[1]
    assert "18 works" in messages[0]


def test_export_apa_markdown_equals_the_established_list(expected: list[dict]):
    """18 paragraphs in reference-list order, as established (or an accepted variant)."""
    done = run("export", "--to", "apa", "--markup", "markdown")
    paragraphs = done.stdout.rstrip("\n").split("\n\n")
    ranked = sorted((fact for fact in expected if fact["apa_rank"]), key=lambda fact: fact["apa_rank"])
    assert len(paragraphs) == len(ranked) == 18
    for paragraph, fact in zip(paragraphs, ranked, strict=True):
        assert without_brackets(paragraph) in [fact["apa_md"], *fact["apa_md_variants"]]


@pytest.mark.parametrize("target", ["bibtex", "biblatex", "ris", "csl-json", "csl-yaml", "apa"])
def test_standard_output_equals_the_rendered_text(corpus: refs.Library, target: FormatName):
    """Without -o the text goes to stdout as it is, line ends included."""
    done = subprocess.run(
        [sys.executable, "-m", "tajikpeace_refs", "export", "--to", target], capture_output=True, check=True
    )
    assert done.stdout.decode("utf-8") == refs.render(corpus, target, on_loss="ignore")


def test_losses_are_reported_on_standard_error():
    """What a format cannot hold is a warning, not an error."""
    done = run("export", "--to", "bibtex", "--only", "usmonov2006")
    assert done.returncode == 0
    assert done.stderr == (
        "warning: usmonov2006: translated-title: not kept in bibtex: no field; script latin puts it into the title\n"
    )
    assert "warning" not in run("export", "--to", "bibtex", "--only", "usmonov2006", "--script", "latin").stderr


def test_standard_input_is_recognised_or_named():
    """SOURCE - reads stdin; its format is recognised, or given with --from."""
    ris = "TY  - BOOK\nID  - a\nTI  - Peace\nER  - \n"
    assert '"id": "a"' in run("export", "-", "--to", "csl-json", stdin=ris).stdout
    assert run("export", "-", "--to", "csl-json", "--from", "bibtex", stdin=ris).stderr == (
        "<stdin>:1:1: error: looks like RIS, not BibTeX; name its format: ris\n"
    )
    unknown = run("export", "-", "--to", "ris", stdin="hello")
    assert (unknown.returncode, unknown.stderr) == (
        2,
        "standard input is not recognised as BibTeX, RIS, CSL-JSON or YAML; name its format with --from FORMAT "
        "(references as printed: --from printed)\n",
    )
    nothing = run("export", "-", "--to", "ris", stdin="\n")
    assert (nothing.returncode, nothing.stderr) == (2, "standard input is empty\n")


def test_ten_mistakes_give_ten_messages_and_status_2():
    """All of a file's problems in one run, none of it exported, no traceback."""
    done = run("export", str(DATA / "bad" / "ten.yaml"), "--to", "bibtex", "--strict")
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert len(lines) == 11
    assert len({line.split(": ")[2] for line in lines}) == 9  # one id is used twice, one is missing
    assert all(re.match(r".*ten\.yaml:\d+:\d+: error: ", line) for line in lines)


def test_keep_going_exports_the_sound_works_with_status_1(tmp_path: Path):
    """Each left-out work is named."""
    path = tmp_path / "x.yaml"
    path.write_text("- {id: a, type: book, title: A}\n- {id: b, type: bok, title: B}\n", encoding="utf-8")
    done = run("export", str(path), "--to", "csl-json", "--keep-going")
    assert done.returncode == 1
    assert [item["id"] for item in json.loads(done.stdout)] == ["a"]
    assert done.stderr == f"{path}:2:17: error: b: type: unknown type 'bok', did you mean 'book'?\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["export"], "no output is named; give -o FILE, or --to FORMAT for standard output"),
        (["export", "--to", "bibtx"], "unknown format 'bibtx', did you mean 'bibtex'?"),
        (["export", "missing.yaml", "--to", "ris"], "there is no file 'missing.yaml'"),
        (["export", "-o", "x.doc"], "the suffix '.doc' of 'x.doc' names no format"),
        (["export", "--to", "ris", "--only", "usmonov2005"], "no work has the id 'usmonov2005', did you mean 'usmonov2006'?"),
        (["show", "winter2013"], "no work has the id 'winter2013', did you mean 'winter2012'?"),
        (["cite", "nobody"], "no work has the id 'nobody'"),
        (["exprot"], "No such command 'exprot'"),
        (["export", "--markup", "word", "--to", "apa"], "Invalid value for '--markup'"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_message_and_status_2(arguments: list[str], message: str):
    """A user's mistake gives a message with a hint, never a traceback."""
    done = run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example_that_works(command: str):
    """--help has an example, and the example runs."""
    text = run(command, "--help").stdout
    example = re.search(r"Example: tajikpeace-refs (.*?)\n\n", text, re.DOTALL)
    assert example
    arguments = [
        word for word in shlex.split(example[1]) if word not in {"references.yaml", ">", "references.schema.json"}
    ]
    if "-o" in arguments:
        arguments = [*arguments[: arguments.index("-o")], "--to", "bibtex"]
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    assert done.stdout or (command, done.stderr) == ("lint", f"nothing found ({Path('data/references.yaml')})\n")


def test_schema_prints_the_list_of_keys():
    """In text, a line a key, and as JSON; a message about an unknown key or type points there."""
    lines = run("schema", "--keys").stdout.splitlines()
    assert lines[0] == "Keys of the file:"
    assert "  issued (date): When the work was published. Example: 2008-06" in lines
    items = json.loads(run("schema", "--keys", "--json").stdout)
    assert {
        "of": "work",
        "key": "issued",
        "value": "date",
        "meaning": "When the work was published.",
        "example": "2008-06",
    } in items
    assert len(items) == sum(line.startswith("  ") for line in lines)
    assert run("schema", "--json").returncode == 2
    text = "- {id: a, type: zzz, title: Peace, qqq: 1}\n"
    done = run("export", "-", "--from", "csl-yaml", "--to", "ris", "--strict", stdin=text)
    hint = "; 'tajikpeace-refs schema --keys' lists the known ones"
    assert f"unknown type 'zzz'{hint}" in done.stderr
    assert f"unknown key 'qqq'{hint}" in done.stderr


def test_list_and_search_are_plain_in_a_pipe():
    """Tab-separated, one line a work."""
    lines = run("list").stdout.splitlines()
    assert len(lines) == 18
    assert lines[0] == "aron1981\tbook\t1981\tAron\tPeace and War: a theory of International Relations"
    assert run("search", "МИРОСТРОИТЕЛЬСТВО").stdout.split("\t")[0] == "usmonov2006"
    assert run("search", "nowhere").stderr == "no work contains 'nowhere'\n"


def test_show_prints_the_work_as_yaml(corpus: refs.Library):
    """What show prints can be read again."""
    assert refs.parse(run("show", "usmonov2006").stdout, "csl-yaml")["usmonov2006"] == corpus["usmonov2006"]


def test_cite_prints_the_in_text_form():
    """Parenthetical, narrative, with the locator of the work or another."""
    assert run("cite", "ashurov2008", "burton1990").stdout == "(Ashurov, 2008; Burton, 1990)\n"
    assert run("cite", "fetherstone2002").stdout == "(Fetherstone, 2002, p. 204)\n"
    assert (
        run("cite", "fetherstone2002", "--narrative", "--locator", "pp. 3-5").stdout == "Fetherstone (2002, pp. 3–5)\n"
    )


def test_errata_shows_every_correction(expected: list[dict]):
    """Printed and corrected form, basis, certainty, whether applied, and the reason; as lines and as JSON."""
    facts = [(fact["key"], correction) for fact in expected for correction in fact["corrections"]]
    shown = json.loads(run("errata", "--json").stdout)
    assert sorted((entry["id"], entry["variable"], entry["printed"], entry["corrected"]) for entry in shown) == sorted(
        (key, fact["variable"], fact["printed"], fact["corrected"]) for key, fact in facts
    )
    lines = [line.split("\t") for line in run("errata").stdout.splitlines()]
    assert len(lines) == len(facts)
    stray = next(line for line in lines if line[0] == "tajik-ex-leaders1996")
    assert (stray[1], stray[2][:6], stray[4:7]) == ("URL", "Thttp:", ["evident", "certain", "applied"])


def test_version_option_prints_name_and_version():
    """--version names program and version."""
    assert run("--version").stdout == f"tajikpeace-refs {refs.__version__}\n"


def test_closed_pipe_is_no_error():
    """``| head`` ends quietly."""
    done = subprocess.run(
        f"{sys.executable} -m tajikpeace_refs export --to csl-yaml | head -n 1",
        shell=True, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("source:\n", "")


def test_unwritable_target_gives_one_message(tmp_path: Path):
    """A folder that is not there, a full disk: status 2, no traceback."""
    done = run("export", "-o", str(tmp_path / "none" / "a.bib"))
    assert (done.returncode, done.stderr.endswith("cannot be written: there is no such folder\n")) == (2, True)
    if Path("/dev/full").exists():
        command = [sys.executable, "-m", "tajikpeace_refs", "list"]
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
        assert done.returncode == 2
        assert "cannot be written: No space left on device" in done.stderr
        assert "Traceback" not in done.stderr


def test_jsonl_has_one_item_a_line(tmp_path: Path, corpus: refs.Library):
    """.jsonl has an item a line, and is read back as it was."""
    assert run("export", "-o", str(tmp_path / "a.jsonl")).returncode == 0
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == list(corpus.ids)
    assert refs.load(tmp_path / "a.jsonl").works == corpus.works


def test_a_document_without_a_citation_is_reported(tmp_path: Path):
    """An empty list is not silent: the wrong document was named, or its citations are in another syntax."""
    (tmp_path / "a.md").write_text("No citation.\n", encoding="utf-8")
    done = run("export", "--cited", str(tmp_path / "a.md"), "--to", "ris")
    assert (done.returncode, done.stdout) == (0, "")
    assert f"{tmp_path / 'a.md'}: warning: no citation is found\n" in done.stderr


def test_the_longer_and_shorter_suffixes_are_known(tmp_path: Path):
    """``.htm`` is ``.html``, ``.markdown`` is ``.md``."""
    for suffix, other in ((".htm", ".html"), (".markdown", ".md")):
        for each in (suffix, other):
            assert run("export", "--only", "burton1990", "-o", str(tmp_path / f"a{each}")).returncode == 0
        assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"a{other}").read_bytes()


def test_symlink_is_kept_and_a_pipe_is_read(tmp_path: Path):
    """What a link leads to is written; what comes through a pipe is read whole."""
    (tmp_path / "link.bib").symlink_to(tmp_path / "real.bib")
    assert run("export", "-o", str(tmp_path / "link.bib")).returncode == 0
    assert (tmp_path / "link.bib").is_symlink()
    assert (tmp_path / "real.bib").read_text(encoding="utf-8").startswith("@book{aron1981")
    text = "- {id: a, type: manuscript, title: Peace, issued: 2006}\n"
    done = run("lint", "/dev/stdin", "--from", "csl-yaml", stdin=text)
    assert (done.returncode, done.stderr) == (0, "nothing found\n")


def test_empty_list_is_written_and_read_again(tmp_path: Path):
    """What is written of an empty list is read again, in every format that has a suffix."""
    (tmp_path / "a.yaml").write_text("references: []\n", encoding="utf-8")
    for suffix in (".jsonl", ".json", ".bib", ".ris", ".yaml"):
        assert run("export", str(tmp_path / "a.yaml"), "-o", str(tmp_path / f"b{suffix}")).returncode == 0
        assert len(refs.load(tmp_path / f"b{suffix}")) == 0


def test_refused_file_names_the_way_on(tmp_path: Path):
    """The sound works are counted; where there is none, or nothing was read, there is no way on."""
    path = tmp_path / "x.bib"
    path.write_text("@book{ok, title = {A}}\n@book{bad, title = {B}, year =", encoding="utf-8")
    done = run("export", str(path), "--to", "ris")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"{path}: nothing is written; --keep-going writes the 1 work without errors\n")
    path.write_bytes("@book{ok, title = {A}}\n@book{a, title = {Мир и война}}\n".encode("cp1251"))
    assert "--keep-going" not in run("export", str(path), "--to", "ris").stderr


def test_strict_refuses_what_is_read_with_a_warning(tmp_path: Path):
    """Without it a warning and status 0."""
    path = tmp_path / "x.yaml"
    path.write_text("- {id: a, type: book, title: T, licence: x}\n", encoding="utf-8")
    lenient, strict = (run("export", str(path), "--to", "ris", *more) for more in ((), ("--strict",)))
    assert (lenient.returncode, "warning: a: licence: unknown key" in lenient.stderr) == (0, True)
    assert (strict.returncode, strict.stdout, "error: a: licence: unknown key" in strict.stderr) == (2, "", True)


def test_drop_takes_commas_and_none(tmp_path: Path):
    """More than the default, or nothing."""
    path = tmp_path / "x.json"
    path.write_text('[{"id": "a", "type": "book", "title": "T", "abstract": "A", "note": "N", "keyword": "k", '
                    '"reference": [{"key": "1"}]}]', encoding="utf-8")  # fmt: skip

    def keys(*more: str) -> set[str]:
        (item,) = json.loads(run("export", str(path), "--to", "csl-json", *more).stdout)
        return set(item) - {"id", "type", "title"}

    assert keys() == {"abstract", "note", "keyword"}
    assert keys("--drop", "abstract,note") == {"keyword"}
    assert keys("--drop", "none") == {"abstract", "note", "keyword", "reference"}
    assert run("export", str(path), "--to", "csl-json", "--drop", "id").returncode == 2


@pytest.mark.parametrize("output", ["-", "/dev/stdout"])
def test_standard_output_can_be_named(output: str):
    """As other programs take it."""
    done = run("export", "-o", output, "--to", "ris", "--only", "burton1990")
    assert (done.returncode, done.stdout.startswith("TY  - ")) == (0, True)


def test_source_left_out_is_the_list_here_or_the_corpus_with_a_word(tmp_path: Path):
    """Nobody gets eighteen works of other people in silence."""
    (tmp_path / "data").mkdir()
    with_corpus = run("list", cwd=tmp_path)
    assert "reading the example list of the package" in with_corpus.stderr
    for place, name in ((tmp_path / "data" / "references.yaml", "deep"), (tmp_path / "references.yaml", "here")):
        place.write_text(f"- {{id: {name}, type: book, title: T}}\n", encoding="utf-8")
        done = run("list", cwd=tmp_path)
        assert (done.stdout.split("\t")[0], done.stderr) == (name, "")
