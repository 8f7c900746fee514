"""Lint: seeded faults at their very place, no false alarm, examples of the docs, fixes that change nothing else."""

from __future__ import annotations

import importlib
import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.lint import RULES, fix, lint, lint_text
from tajikpeace_refs.lint.report import to_github, to_json, to_sarif
from tests.conftest import DATA
from tests.test_cli import run

ROOT = DATA.parents[1]
TODAY = date(2026, 11, 24)
# Other people's files, not part of this project: read where they are, as conformance/ does.
CORPORA = Path(os.environ.get("REFS_CORPORA", ROOT.parent / "shared" / "formats" / "corpora"))
SEEDED = sorted((DATA / "lint").glob("*.yaml"))
# Codes with a caret under each fault: the line above it that is no caret, and its column.
CARET = re.compile(r"( *# *)\^ (TP\d{3})")


def carets(text: str) -> list[tuple[int, int, str]]:
    expected, line = [], 0
    for number, content in enumerate(text.splitlines(), 1):
        if match := CARET.fullmatch(content):
            expected.append((line, len(match[1]) + 1, match[2]))
        else:
            line = number
    return expected


def found(text: str) -> list[tuple[int | None, int | None, str]]:
    return [(each.line, each.column, each.code) for each in lint_text(text, "csl-yaml", today=TODAY)]


@pytest.mark.parametrize("path", SEEDED, ids=lambda path: path.stem)
def test_seeded_fault_is_found_at_its_place_and_nothing_else(path: Path):
    """The exact line, column and code of every fault in works that are otherwise sound."""
    text = path.read_text(encoding="utf-8")
    assert sorted(found(text)) == sorted(carets(text))


SOUND = {
    "id": "id: sound",
    "type": "type: book",
    "author": "author: [{family: Usmonov, given: I.}]",
    "issued": "issued: 2006",
    "title": "title: Peacebuilding",
    "publisher": "publisher: Devashtich",
}


def whole(example: str) -> str:
    """Return an example of the docs as a file: it is one, or a list, or part of a sound work."""
    if example.startswith("[") or "references:" in example:
        return example
    lines = re.split(r", (?=[\w-]+: )", example[1:-1]) if example.startswith("{") else [example]
    record = SOUND | {line.split(":")[0]: line for line in lines}
    return "- " + "\n  ".join(record.values()) + "\n"


def documented() -> dict[str, tuple[str, ...]]:
    text = (ROOT / "docs" / "lint.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| `(TP\d{3})` \| (\w+) \| (.*?) \| `([^`]*)` \| `([^`]*)` \|$", text)
    return {code: tuple(rest) for code, *rest in rows}


OF_FILES = {"TP504", "TP505", "TP506"}
"""Of a document (tests/test_documents.py), or of several lists (below)."""


def test_code_has_its_row_in_the_docs():
    """docs/lint.md has each code with its severity and meaning, and no other."""
    assert documented().keys() == RULES.keys()
    for code, (severity, summary, _, _) in documented().items():
        assert (severity, summary) == (RULES[code].severity, RULES[code].summary)


@pytest.mark.parametrize("code", sorted(RULES.keys() - OF_FILES))
def test_wrong_example_of_the_docs_has_its_code_and_right_one_has_not(code: str):
    """The wrong one gives this very finding, the right one none."""
    _, _, wrong, right = documented()[code]
    if code == "TP003":  # a reader's, of which YAML has none
        assert [each.code for each in lint_text(wrong, "bibtex", today=TODAY)] == [code]
        assert lint_text(right, "bibtex", today=TODAY) == []
        return
    assert [each[2] for each in found(whole(wrong))] == [code]
    assert found(whole(right)) == []


def test_corpus_has_no_finding(corpus: refs.Library):
    """Nothing is found in the shipped corpus; what it lacks is switched off with a reason, or recorded."""
    text = (ROOT / "data" / "references.yaml").read_text(encoding="utf-8")
    assert found(text) == []
    assert {(each.code, each.severity) for each in lint(corpus, today=TODAY)} == {("TP101", "warning")}
    assert all(reason for reason in re.findall(r"# lint: off TP\d{3}: (.*)", text))
    unexplained = re.sub(r" +# lint:.*", "", text)
    assert len(found(unexplained)) == 9


CLEAN = [
    "biblatex-examples.bib",
    "cdl.bib",
    "cjs-biblatex.bib",
    "jabref-authors.bib",
    "asr_cinahl.ris",
    "asr_embase.ris",
    "asr_googlescholar.ris",
    "asr_mendeley.ris",
    "asr_scopus.ris",
    "asr_zotero.ris",
]


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the real files are not here (REFS_CORPORA)")
@pytest.mark.parametrize("name", CLEAN)
def test_clean_real_file_has_no_error(name: str):
    """Thousands of other people's works: errors are never false."""
    library = refs.load(CORPORA / name, on_problem=lambda _: None)
    assert [str(each) for each in lint(library, today=TODAY) if each.severity == "error"] == []


@pytest.mark.parametrize(
    "lines",
    [
        "page: 195-8", "page: xii-iv", "page: '1195-202, 204'", "page: e1-e12", "page: 15-3", "page: S1-14", "page: '195'",
        "ISBN: 0-8044-2957-X", "ISBN: 080442957X 9780804429573 (set of 2)", "ISBN: 'ISBN-13: 978-0-8044-2957-3'",
        "ISSN: 2434-561X", "ISSN: 0378-5955 (Print), 1538-3598", "DOI: 10.1002/(SICI)1096-8644(199601)99:1<1::AID>3.0.CO;2-1",
        "DOI: 10.1000.10/123", "PMCID: PMC6313456.1", "note: ORCID 0000-0002-1694-233X",
        "URL: 'https://en.wikipedia.org/wiki/Peace_(disambiguation)'", "URL: https://xn--80ak6aa92e.com/", "URL: ftp://x.org/a",
        "URL: https://web.archive.org/web/2012/http://example.org/~a/b_c_d", "issued: 2015/..", "issued: 199X", "issued: -0350",
        "issued: 2008-21\n  accessed: 2008-03", "issued: '2012-05-01'\n  accessed: 2012-05-01", "issued: n.d.\n  accessed: 2008-01-01",
        "issued: 2026-11-24", "event-date: 2026-11", "original-date: 2006", "accessed: 2026-11-24",
        "title: XIXв. и XX век", "title: План B и витамин C", "title: IP-адрес и web-сайт", "title: О мире\n  language: ru",
        "title: Том i из двух", "title: Вѣстникъ Европы", "title: Хроника А и Б", "title: Kırgız Ülkesi", "title: Ἀθηναίων πολιτεία",
        "title: Мухолифин дар ҷанг\n  language: tg", "title: Чанги хушк\n  language: tg", "title: Сулх\n  language: ru",
        "title: Михайло Ќосев, љубав\n  language: mk", "language: uz-Cyrl", "language: fa-AF", "language: en-us", "language: mul",
        "title: UNAMIC", "title: UN NATO OSCE UNAMIC", "title: CIA and KGB", "title: 1984", "title: AIDS",
        "author: [{family: NG, given: A.}]", "author: UNESCO", "author: {literal: Shirin Akiner}", "author: World Bank", "author: {family: Akiner, given: Shirin}", "author: [{family: 'O''Neill', given: J.-P.}]",
        "author: [{family: Burton, given: John W.}]", "author: [{family: Rowling, given: 'J. K.'}]", "author: [{family: Li, given: de W.}]",
        "title: 5 * 3 and 4 * 2", "title: snake_case_name", "title: Costs of $5 and $6", "title: AT&T and R&D", "title: '[Review] of a'",
        "title: A ~ B", "title: Memoirs of Smith & Co.", "title: History of the U.S.", "title: What next?", "title: On and on...",
        "title: Records of Smith et al.", "title: '„Krieg“ und Frieden'", "title: 'a) War b) Peace'", "title: Intervals [0, 1)",
        "title: ”Krig” och fred", "title: »Krieg« und Frieden", "edition: 3", "edition: 3rd", "page: 12-03", "volume: '010'",
        "volume: 2008-06", "number: 1/2", "publisher:\n  author: World Health Organization", "issued: in press",
    ],
)  # fmt: skip
def test_unusual_but_right_value_has_no_finding(lines: str):
    """Odd but sound values: not one finding."""
    record = dict(SOUND)
    for line in lines.split("\n  "):
        record[line.split(":")[0]] = line
    assert [str(each) for each in lint_text("- " + "\n  ".join(record.values()), "csl-yaml", today=TODAY)] == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("title: Хрестоматия мира", "title: Khrestomatiia mira", True),
        ("title: Хрестоматия мира", "title: Hrestomatiâ mira", True),
        ("title: Щит и жизнь Чехова", "title: Shchit i zhizn Chekhova", True),
        ("title: Ҷумҳурии Тоҷикистон\n  language: tg", "title: Jumhurii Tojikiston", True),
        ("title: Мир и война\n  transliterated-title: Peace-and-war studies", "title: Peace and War Studies", True),
        ("title: History of Peace\n  volume: 1", "title: History of Peace\n  volume: 2", False),
        ("title: History of Peace\n  volume: 1", "title: History of Peace", False),
        ("title: History of Peace\n  edition: 2", "title: History of Peace\n  edition: 3", False),
        ("title: 'History of Peace, vol. I'", "title: 'History of Peace, vol. II'", False),
        ("title: History of Peace", "title: History of Peace\n  type: chapter\n  container-title: Peace", False),
        ("title: History of Peace\n  issued: 2006", "title: History of Peace\n  issued: 2007", False),
        ("title: History of Peace", "title: History of Peace\n  author: 'Ashurov, M.'", False),
        ("title: Peace", "title: Peace", True),
        ("title: Реки", "title: Reki", True),
        ("title: Реки", "title: Ruki", False),
        ("title: Гражданская война в Таджикистане", "title: Grazhdanskaya voyna v Tajikistane", True),
        ("title: Guide to the West of Badakhshan", "title: Guide to the South of Badakhshan", False),
        ("title: A\n  DOI: 10.1000/182", "title: B\n  DOI: https://doi.org/10.1000/182\n  type: report", True),
    ],
)
def test_duplicate_is_found_across_scripts(one: str, other: str, same: bool):
    """Whatever the romanisation; editions, volumes and chapters are not merged."""
    works = []
    for name, lines in (("one", one), ("two", other)):
        record = SOUND | {
            "id": f"id: {name}",
            "author": "author: 'Усмонов, И.'" if name == "one" else "author: 'Usmonov, I.'",
        }
        works.append(record | {line.split(":")[0]: line for line in lines.split("\n  ")})
    text = "".join("- " + "\n  ".join(work.values()) + "\n" for work in works)
    assert ("TP502" in [code for _, _, code in found(text)]) is same


PANDOC = [
    "A *b* c", "A _b_ c", "a `b` c", "a [b](c) d", "a^2^", "H~2~O", "a ~~b~~ c", "x \\alpha y", "a\\*b", "AT&amp;T", "a^[b]",
    "2*3*4", "C*-algebras and W*-algebras", "**a** b", "[a]{.nocase} b", "[a]{.smallcaps} b", "a [b]{.x} c",
    "A * b * c", "a_b_c", "*a", "**", "\\$5 and \\$6", "*a [b]{.nocase}* c^2^", "5 * 3 and 4 * 2", "see [1] here", "A ~ B", "AT&T", "Re: [b]", "C# and F#", "a ^ b", "R&D; x",
]  # fmt: skip


def test_markdown_finding_is_what_pandoc_reads_otherwise():
    """Text by text, our reading is that of the real pandoc, or the rule reports it."""
    pypandoc = pytest.importorskip("pypandoc")
    items = [{"id": f"t{number}", "type": "book", "title": text} for number, text in enumerate(PANDOC)]
    source = f"---\n{yaml.safe_dump({'references': items})}---\n"
    read = json.loads(pypandoc.convert_text(source, "csljson", format="markdown-smart"))
    library = refs.parse(source, "csl-yaml")
    reported = {each.work_id for each in lint_text(source, "csl-yaml", today=TODAY) if each.code == "TP409"}
    for text, work, item in zip(PANDOC, library, read, strict=True):
        ours = re.sub(r'<span class="nocase">(.*?)</span>', r"\1", work.title or "")  # pandoc's writer drops it
        assert (work.id in reported) is (item["title"] != ours), text


# What a fix does, in every way YAML can write it: the value before, the characters that go, and what comes.
STYLES = ["{}", "'{}'", '"{}"', ">-\n    {}", "|-\n    {}", "'{}'  # {}"]


@given(
    words=st.lists(
        st.sampled_from(["Peace", "and", "War", "Сулҳ", "Taджик", "Тоҷики\u0304", "Kant’s", "(1989)"]), min_size=2
    ),
    gap=st.sampled_from([" ", "  ", " \u00a0"]),
    style=st.sampled_from(STYLES),
    ends=st.sampled_from(["\n", "\r\n"]),
    bom=st.sampled_from(["", "\ufeff"]),
)
def test_fix_changes_only_the_words_at_fault(words: list[str], gap: str, style: str, ends: str, bom: str):
    """What is repaired reads as it should, every other byte stays, and nothing that can be fixed is left."""
    head = "# a comment: kept\nreferences:\n- id: x   # the id\n  type: manuscript\n  issued: 2006\n  title: "
    tail = "\n  printed: 'J.W.  Burton'\n  note: kept # as it is\n"
    text = bom + (head + style.format(gap.join(words), "J.W.  B") + tail).replace("\n", ends)
    findings = lint_text(text, "csl-yaml", today=TODAY)
    repaired = fix(text, findings)
    right = [word.replace("Ta", "Та").replace("и\u0304", "ӣ") for word in words]
    assert repaired == text.replace(gap.join(words), " ".join(right))
    assert not [each for each in lint_text(repaired, "csl-yaml", today=TODAY) if each.edit]


def test_fix_writes_identifiers_and_language_tags():
    """Tag, DOI, initials and quotes."""
    text = "- {id: a, type: book, title: B, language: tj, DOI: doi:10.1000/1, volume: 010, author: [{family: B, given: J.W.F.}]}\n"
    assert fix(text, lint_text(text, "csl-yaml", today=TODAY)) == text.replace("tj", "tg").replace(
        "doi:10", "10").replace("010", "'010'").replace("J.W.F.", "J. W. F.")  # fmt: skip


def test_comment_switches_its_codes_off():
    """At the end of a line for what begins there; on a line of its own for the file; a title may hold the words."""
    text = (
        "- id: a  # lint: off TP101, TP408: as printed\n  type: webpage\n  author: [{family: B, given: J.W.}]\n  title: A  B\n"
        "- id: b\n  type: webpage\n  author:  # lint: off TP408\n  - {family: B, given: J.W.}\n  title: >-  # lint: off TP407\n    A  C\n"
    )
    assert [(line, code) for line, _, code in found(text)] == [(4, "TP407"), (5, "TP101")]
    assert found("# lint: off TP407 TP101\n" + text) == []
    assert len(found("- {id: a, type: webpage, title: 'x # lint: off TP407'}")) == 1


def test_recorded_correction_is_not_reported_again():
    """stet, and what is left as printed, are known; what a correction has put right is looked at again."""
    record = "{variable: title, printed: A  B, corrected: A B, basis: BASIS, certainty: certain, applied: APPLIED, reason: r}"
    text = f"- {{id: a, type: manuscript, issued: 2006, title: A  B, corrections: [{record}]}}"
    for basis, applied, codes in (("stet", "true", []), ("known", "false", []), ("evident", "true", ["TP407"])):
        assert [code for _, _, code in found(text.replace("BASIS", basis).replace("APPLIED", applied))] == codes
    assert (
        len(found(text.replace("title: A  B", "title: A   C").replace("BASIS", "stet").replace("APPLIED", "true"))) == 1
    )


FAULT = "- {id: a, type: book, title: A B, issued: 2999, author: [{family: B, given: J.}], publisher: C}\n"


def test_exit_status_is_one_for_errors_and_two_for_unreadable_files(tmp_path: Path):
    """0 nothing or no errors, 1 errors, 2 what cannot be read or is wrong usage; the other files are linted still."""
    sound, wrong, broken = tmp_path / "sound.yaml", tmp_path / "wrong.yaml", tmp_path / "broken.yaml"
    sound.write_text(FAULT.replace("2999", "1999").replace("A B", "A  B").replace("id: a", "id: s"), encoding="utf-8")
    wrong.write_text(FAULT, encoding="utf-8")
    broken.write_bytes("- {id: a, title: 'Мир".encode("cp1251"))
    done = run("lint", str(sound))
    assert (done.returncode, done.stderr) == (0, "1 warning; --fix repairs 1\n")
    done = run("lint", str(sound), str(wrong))
    assert (done.returncode, done.stdout.count("\n")) == (1, 2)
    assert done.stdout.splitlines()[1] == (
        f"{wrong}:1:43: error: a: issued: 2999 is in the future; compare with the source [TP301]"
    )
    done = run("lint", str(broken), str(wrong))
    assert (done.returncode, "[TP001]" in done.stdout, "[TP301]" in done.stdout) == (2, True, True)
    assert run("lint", str(wrong), "--ignore", "TP3").returncode == 0
    for arguments in (["missing.yaml"], [str(wrong), "--ignore", "TP999"], ["-", "--fix"]):
        done = run("lint", *arguments, stdin=FAULT)
        assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False)


def test_other_formats_and_stdin_are_linted(tmp_path: Path):
    """BibTeX, RIS and JSON are linted as well, with the place of the value; what their readers say has a line."""
    bib = "@article{a, title={PEACE AND WAR}, author={B, J.}, journal={Z}, volume=1, year=2006}\n@book{b, title={Q}\n@book{b, title={R}}"
    lines = run("lint", "-", stdin=bib).stdout.splitlines()
    assert "<stdin>:1:20: warning: a: title: is in capitals; write small letters where they belong [TP406]" in lines
    assert any(re.match(r"<stdin>:2: error: b: .*\[TP002\]$", line) for line in lines)
    assert run("lint", "-", "--from", "ris", stdin=bib).stdout.startswith(
        "<stdin>:1:1: error: looks like BibTeX, not RIS"
    )


def test_fix_option_writes_the_file_and_shows_the_rest(tmp_path: Path):
    """The file is repaired in place; what is left is shown, and only errors make the status 1."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + FAULT.replace("A B", "A  B").replace("\n", "\r\n").encode())
    done = run("lint", str(path), "--fix")
    assert path.read_bytes() == b"\xef\xbb\xbf" + FAULT.replace("\n", "\r\n").encode()
    assert (done.returncode, done.stdout.count("TP301"), done.stdout.count("TP407")) == (1, 1, 0)
    assert done.stderr == f"{path}: repaired\n1 error\n"
    assert run("lint", str(DATA / "golden" / "corpus.ris"), "--fix").returncode == 2


def test_json_github_and_sarif_reports_follow_their_schemas():
    """JSON schema 1, GitHub annotations with escapes, SARIF 2.1.0 with every rule and sound places."""
    text = "- {id: 'a,b', type: manuscript, issued: 2006, title: A  B}\n- {id: 'c', type: manuscript, issued: 2999, title: D}"
    findings = lint_text(text, "csl-yaml", today=TODAY, file="my list.yaml")
    assert json.loads(to_json(findings))["findings"][0] == {
        "code": "TP407", "severity": "warning", "file": "my list.yaml", "line": 1, "column": 55, "end_column": 57,
        "id": "a,b", "variable": "title", "message": "two spaces; write one", "fixable": True,
    }  # fmt: skip
    assert to_github(findings).splitlines() == [
        "::warning file=my list.yaml,line=1,col=55,endColumn=57,title=TP407::a,b: title: two spaces; write one",
        "::error file=my list.yaml,line=2,col=39,endColumn=43,title=TP301::c: issued: 2999 is in the future; compare with the source",
    ]
    sarif = json.loads(to_sarif(findings))
    assert (sarif["version"], len(sarif["runs"])) == ("2.1.0", 1)
    run_ = sarif["runs"][0]
    rules = run_["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    assert {rule["defaultConfiguration"]["level"] for rule in rules} == {"error", "warning", "note"}
    for result, finding in zip(run_["results"], findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "my%20list.yaml"
        assert place["region"] == {
            "startLine": finding.line,
            "startColumn": finding.column,
            "endColumn": finding.end_column,
        }
    without_place = json.loads(to_sarif(lint(refs.parse(text, "csl-yaml"), today=TODAY)))["runs"][0]["results"]
    assert all("region" not in result["locations"][0]["physicalLocation"] for result in without_place)


def test_pre_commit_hooks_are_commands():
    """What .pre-commit-hooks.yaml calls is there."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["tajikpeace-refs-lint", "tajikpeace-refs-check-links"]
    for hook in hooks:
        assert {"id", "name", "description", "entry", "language"} <= hook.keys()
        program, *arguments = hook["entry"].split()
        assert program == "tajikpeace-refs"
        assert run(*arguments, "--help").returncode == 0


@pytest.mark.parametrize(
    "author",
    ["Shirin Akiner", "[Shirin Akiner]", "J. Vargas Llosa", "Акинер Ширин", "[Anna Li, {literal: B C}]", "Li and Wu"],
)
def test_name_without_comma_is_reported(author: str):
    """A name read as an organisation is reported; one that is marked as such is not."""
    text = f"- {{id: a, type: manuscript, title: Peace, issued: 2006, author: {author}}}"
    assert [each[2] for each in found(text)] == ["TP413"]


def test_list_rules_are_skipped_for_a_partly_read_file():
    """After a syntax error no proper noun is called unused."""
    text = "proper-nouns: [Tajik]\nreferences:\n  - {id: a, type: manuscript, issued: 2006, title: 'x: y'}\n  - title: a: b\n"
    assert [each[2] for each in found(text)] == ["TP001"]
    assert "; quote a text that has ': ' in it" in str(lint_text(text, "csl-yaml", today=TODAY)[0])


@pytest.mark.parametrize("title", ["Peace  and war, now", "Peace  [and] war; x,y {z}", f"{'Peace, ' * 20} and  war"])
def test_sign_between_braces_hinders_no_fix_in_a_block(title: str):
    """YAML 1.2.2, 7.3.3: commas and brackets end a plain scalar in flow style only."""
    text = f"- id: a\n  type: manuscript\n  issued: 2006\n  title: {title}\n"
    repaired = fix(text, lint_text(text, "csl-yaml", today=TODAY))
    assert repaired == re.sub("(?<=[a-z,])  +", " ", text)
    assert refs.parse(repaired, "csl-yaml")["a"].title == re.sub(" +", " ", title)


def test_fix_far_from_the_start_of_a_long_text_is_judged_by_what_stands_beside_it():
    """A long plain text is not read again for each of its faults."""
    title = f"{'Peace and war ' * 10}:\u00a0\u00a0then  {'all the rest ' * 10}#5 of it"
    text = f"- id: a\n  type: manuscript\n  issued: 2006\n  title: {title}\n"
    assert fix(text, lint_text(text, "csl-yaml", today=TODAY)) == text.replace("then  all", "then all")


def test_language_name_is_replaced_by_its_tag():
    text = "- {id: a, type: manuscript, issued: 2006, title: x, language: tajik}"
    assert fix(text, lint_text(text, "csl-yaml", today=TODAY)) == text.replace("tajik", "tg")


@pytest.mark.parametrize("title", ["Report \u00a0#5 of peace", "Peace:\u00a0\u00a0war", "Peace:\u00a0 war"])
def test_fix_that_would_change_the_yaml_is_not_made(title: str):
    """Without quotes a blank before # begins a comment, and one after a colon a mapping."""
    text = f"- id: a\n  type: manuscript\n  issued: 2006\n  title: {title}\n"
    findings = lint_text(text, "csl-yaml", today=TODAY)
    assert [each.code for each in findings] == ["TP407"]
    assert fix(text, findings) == text
    quoted = text.replace(title, f"'{title}'")
    repaired = fix(quoted, lint_text(quoted, "csl-yaml", today=TODAY))
    assert repaired != quoted
    assert len(refs.parse(repaired, "csl-yaml")) == 1


def test_lint_module_called_as_a_function_returns_the_findings():
    """``refs.lint(library)`` works whether or not the package ``tajikpeace_refs.lint`` was imported before."""
    from importlib import import_module

    module = import_module("tajikpeace_refs.lint")
    library = refs.parse("- {id: a, type: manuscript, issued: 2006, title: Peace  and war}", "csl-yaml")
    assert [each.code for each in refs.lint(library)] == ["TP407"]
    assert module.RULES is RULES


def test_lint_without_today_compares_no_date_with_the_present():
    text = "- {id: a, type: webpage, issued: 2006, title: Peace, URL: 'https://x.org/', accessed: 2999-01-01}"
    library = refs.parse(text, "csl-yaml")
    assert [each.code for each in lint(library, today=TODAY)] == ["TP301"]
    assert lint(library) == [] == lint_text(text, "csl-yaml")


@pytest.mark.parametrize(
    ("package", "old", "new"),
    [
        ("lint", "fixed", "fix"),
        ("lint", "of_problem", "from_problem"),
        ("links", "Options", "CheckOptions"),
        ("links", "Hop", "Redirect"),
    ],
)
def test_old_name_is_the_new_one_with_a_deprecation_warning(package: str, old: str, new: str):
    module = importlib.import_module(f"tajikpeace_refs.{package}")
    with pytest.warns(DeprecationWarning, match=f"{old} is now {new}; the old name is removed in 0.3"):
        assert getattr(module, old) is getattr(module, new)


FIRST = """\
references:
- {id: sulh, type: book, author: [{family: Усмонов, given: Иброҳим}], title: Таърихи сулҳ, issued: 2006, publisher: Ирфон, language: tg}
- {id: karimova, type: book, author: [{family: Karimova, given: Lola}], title: Rivers, issued: 2001, publisher: Irfon}
"""
SECOND = """\
@book{usmonov, author = {Usmonov, Ibrohim}, title = {Tarikhi sulh}, year = {2006}, publisher = {Irfon}}

@book{karimova, author = {Karimova, Lola}, title = {Lakes}, year = {2003}, publisher = {Irfon}}
"""


def test_works_and_ids_of_several_files_are_compared(tmp_path: Path):
    """One work in two scripts, and one id of two works; both places are named."""
    first, second = tmp_path / "first.yaml", tmp_path / "second.bib"
    first.write_text(FIRST, encoding="utf-8")
    second.write_text(SECOND, encoding="utf-8")
    done = run("lint", str(first), str(second))
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"{second}:1: warning: usmonov: title: is probably the work 'sulh' of {first}:2; keep one, or add what distinguishes them [TP505]",
        f"{second}:3: warning: karimova: id: is the id of another work, 'Rivers', in {first}:3; give one another id [TP506]",
    ]
    assert run("lint", str(first), str(second), "--ignore", "TP505,TP506").stdout == ""
    assert run("lint", str(second), str(first)).stdout.startswith(f"{first}:2: warning: sulh: title: is probably")


def test_comment_switches_off_what_several_files_have(tmp_path: Path):
    """As for other codes: at the end of the line of the work."""
    first, second = tmp_path / "first.yaml", tmp_path / "second.bib"
    first.write_text(FIRST.replace("tg}", "tg}  # lint: off TP505: the Tajik list"), encoding="utf-8")
    second.write_text(SECOND, encoding="utf-8")
    assert re.findall(r"TP\d+", run("lint", str(second), str(first)).stdout) == ["TP506"]


def test_same_work_with_the_same_id_in_two_files_is_one_finding(tmp_path: Path):
    """A copy: the work is named, its id is no other work's."""
    for name in ("first.yaml", "copy.yaml"):
        (tmp_path / name).write_text(FIRST, encoding="utf-8")
    findings = run("lint", str(tmp_path / "first.yaml"), str(tmp_path / "copy.yaml")).stdout
    assert re.findall(r"TP\d+", findings) == ["TP505", "TP505"]


@pytest.mark.parametrize(("level", "status"), [("error", 0), ("warning", 1), ("hint", 1)])
def test_fail_on_says_which_findings_make_the_status(level: str, status: int, tmp_path: Path):
    """A warning; a hint alone needs --fail-on hint; errors always count."""
    path = tmp_path / "a.yaml"
    path.write_text(whole("volume: Vol. 3"), encoding="utf-8")
    assert run("lint", str(path), "--fail-on", level).returncode == status
    path.write_text(whole("author: [{family: Burton, given: J.W.}]"), encoding="utf-8")
    assert run("lint", str(path), "--fail-on", level).returncode == (level == "hint")
    path.write_text(whole("page: 195-102"), encoding="utf-8")
    assert run("lint", str(path), "--fail-on", level).returncode == 1


SEVERAL = """\
references:
- id: one   # first
  type: book
  title: Peace
  author:
    - Weber, K. and Stone, A.   # two
    - Hill, B.
    - "Каримов А.Б., Рахимова Л.Н. и др."
  editor: Weber, K.; Stone, A.
  translator: ["K. Weber & A. Stone", CERN]
  issued: 2001
  publisher: Irfon
"""


def test_fix_makes_a_list_of_a_text_with_several_names():
    """Each name on its own, in the style of the list it stands in; the names are those that were read before."""
    findings = lint_text(SEVERAL, "csl-yaml", today=TODAY)
    assert {each.code for each in findings} == {"TP105"}
    fixed = fix(SEVERAL, findings)
    assert fixed.splitlines()[4:13] == [
        "  author:",
        "    - {family: Weber, given: K.}",
        "    - {family: Stone, given: A.}   # two",
        "    - {family: Hill, given: B.}",
        "    - {family: Каримов, given: А. Б.}",
        "    - {family: Рахимова, given: Л. Н.}",
        "    - others",
        "  editor: [{family: Weber, given: K.}, {family: Stone, given: A.}]",
        "  translator: [{family: Weber, given: K.}, {family: Stone, given: A.}, CERN]",
    ]
    assert lint_text(fixed, "csl-yaml", today=TODAY) == []
    assert refs.parse(fixed, "csl-yaml") == refs.parse(SEVERAL, "csl-yaml")


@pytest.mark.parametrize(
    "author", ["Weber, Stone, Hill", "Каримов, Анвар, Рахимова, Лола", "Karl Weber and Anna Stone"]
)
def test_doubtful_text_for_names_is_reported_and_not_changed(author: str):
    """What is no certain name is TP420 or TP421; making a mapping of it would make a mistake look right."""
    text = whole(f"author: {author}")
    findings = lint_text(text, "csl-yaml", today=TODAY)
    assert {each.code for each in findings} & {"TP420", "TP421"}
    assert fix(text, findings) == text


MISTYPED = """\
references:
- {id: list, type: book, title: Peace one, issued: 2001, publisher: Irfon, author: [Weber, K.]}
- {id: family, type: book, title: Peace two, issued: 2002, publisher: Irfon, author: [{family: "Weber, K."}, CERN]}
- {id: initials, type: book, title: Peace three, issued: 2003, publisher: Irfon, author: [{family: Каримов А. Б.}]}
- {id: given, type: book, title: Peace four, issued: 2004, publisher: Irfon, author: [{family: Каримов, given: А. и Рахимова Л.}]}
- {id: word, type: book, title: Peace five, issued: 2005, publisher: Irfon, author: [{family: and Stone, given: A.}]}
- {id: imprint, type: book, title: Hills, issued: 2001, publisher: "Хуҷанд: Нури маърифат", author: [{family: Weber, given: K.}]}
- {id: both, type: article-journal, title: Lakes, issued: 2001, container-title: Letters, volume: 3(4), author: [{family: Weber, given: K.}]}
- {id: edition, type: book, title: Winds (2nd ed.), issued: 2001, publisher: Irfon, author: [{family: Weber, given: K.}]}
- id: chapter  # its book
  type: chapter
  title: Seas
  author: [{family: Weber, given: K.}]
  container-title: In A. Stone (Ed.), Handbook of Seas
  issued: 2001
  publisher: Irfon
- id: role
  type: chapter
  title: Winds of peace
  author: [{family: Weber, given: K.}]
  editor:
  - {family: Stone, given: A. (Ed.)}
  container-title: Handbook of Winds
  issued: 2001
  publisher: Irfon
"""


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("publisher: Macmillan, London", "TP418"),
        ("{type: article, container-title: Letters, ISSN: 0378-5955}", "TP419"),
        ("author: [Karimov, Anvar]", "TP423"),
        ("author: [{given: Karl Weber}]", "TP423"),
    ],
)
def test_mistake_with_more_than_one_reading_is_reported_only(lines: str, code: str):
    """A person must say which is meant."""
    text = whole(lines)
    findings = lint_text(text, "csl-yaml", today=TODAY)
    assert [each.code for each in findings] == [code]
    assert fix(text, findings) == text


@pytest.mark.parametrize(
    "lines",
    [
        "publisher: 'University of California, Berkeley'", "author: ['Karimov', 'Anvar']", "author: [UNESCO, CERN]",
        "{type: article, container-title: arXiv, ISSN: 2331-8422}", "author: [{given: Plato}]",
    ],
)  # fmt: skip
def test_what_is_like_a_mistake_and_is_none_is_not_reported(lines: str):
    """Organisations, quoted names, preprint servers, mononyms."""
    assert found(whole(lines)) == []


def test_fix_puts_mistyped_values_into_the_variables_they_are_for():
    """Where one reading is possible; comments stay, and nothing is left to report."""
    findings = lint_text(MISTYPED, "csl-yaml", today=TODAY)
    assert {each.work_id for each in findings if each.is_fixable} == set(refs.parse(MISTYPED, "csl-yaml").ids)
    text = MISTYPED
    for _ in range(3):
        text = fix(text, lint_text(text, "csl-yaml", today=TODAY))
    assert lint_text(text, "csl-yaml", today=TODAY) == []
    assert "- id: chapter  # its book\n" in text
    library = refs.parse(text, "csl-yaml")
    names = {work.id: "; ".join(map(str, work.author)) for work in library}
    assert names["list"] == "Weber, K."
    assert names["family"] == "Weber, K.; CERN"
    assert names["initials"] == "Каримов, А. Б."
    assert names["given"] == "Каримов, А.; Рахимова, Л."
    assert names["word"] == "Stone, A."
    assert (library["imprint"].publisher_place, library["imprint"].publisher) == ("Хуҷанд", "Нури маърифат")
    assert (library["both"].volume, library["both"].issue) == ("3", "4")
    assert (library["edition"].title, library["edition"].edition) == ("Winds", "2")
    chapter, role = library["chapter"], library["role"]
    assert (chapter.container_title, str(chapter.editor[0])) == ("Handbook of Seas", "Stone, A.")
    assert str(role.editor[0]) == "Stone, A."


@pytest.mark.parametrize(
    "author",
    [
        "[Weber, Karl, K.]",
        "[{family: 'Weber, Stone'}]",
        "[{family: 'Sea Research Group, Oslo'}]",
        "[{given: Karl Weber}]",
    ],
)
def test_name_with_more_than_one_reading_is_not_changed(author: str):
    """A family name or a given name, a person or an organisation: a person must say."""
    text = whole(f"author: {author}")
    assert fix(text, lint_text(text, "csl-yaml", today=TODAY)) == text


def test_only_yaml_is_said_to_be_fixable():
    """--fix changes no .bib."""
    bib = "@book{a, author = {B, C.}, title = {Hills}, year = 2001, publisher = {London: Press}}"
    [finding] = lint_text(bib, "bibtex", today=TODAY)
    assert (finding.code, finding.is_fixable) == ("TP418", False)


def test_word_of_letters_that_no_single_alphabet_has_is_linted():
    """Latin and Cyrillic letters in one word, one of them Ukrainian: a finding, and no fault of ours."""
    text = (
        "- {id: a, type: book, author: [{family: Li, given: B.}], issued: 2006, title: Peace, publisher: DevashtХІch}\n"
    )
    assert {each.code for each in lint_text(text, "csl-yaml")} >= {"TP401"}
