"""The rules TP1xx: what a work of its type should have, and what the other works of the list have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tajikpeace_refs.lint.rule import Text, Violation, rule
from tajikpeace_refs.model.editorial import DOUBTFUL, DRAFTED, UNREAD
from tajikpeace_refs.model.library import Library
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_doubts import name_doubts
from tajikpeace_refs.model.name_reading import read_text
from tajikpeace_refs.model.name_shapes import may_be_organisation
from tajikpeace_refs.model.required import has_source, missing_fields, names_preprint
from tajikpeace_refs.model.work import SPELLING, Work
from tajikpeace_refs.text.languages import is_english
from tajikpeace_refs.text.markdown import to_markdown
from tajikpeace_refs.text.scripts import is_latin
from tajikpeace_refs.yaml_text import inline, is_misread


@rule("TP101", "warning", "work")
def missing(work: Work, _today: date) -> Iterator[Violation]:
    """A variable that a work of its type should have is missing."""
    for names in missing_fields(work):
        shown = [SPELLING[name] for name in names]
        yield Violation((shown[0],), f"is missing; the type {work.type} should have {' or '.join(shown)}")


@rule("TP107", "hint", "work")
def drafted(work: Work, _today: date) -> Iterator[Violation]:
    """A work was drafted from a printed list, and has not been compared with the printed form yet."""
    if DRAFTED in work.remarks:
        at = work.remarks.index(DRAFTED)
        what = [each for each in work.remarks if each.startswith((UNREAD, DOUBTFUL))]
        more = f" ({'; '.join(what)})" if what else ""
        yield Violation(("remarks", at), f"{DRAFTED}{more}; compare it, then 'confirm FILE {work.id}'", DRAFTED)


@rule("TP309", "warning", "work")
def sourceless(work: Work, _today: date) -> Iterator[Violation]:
    """The source of the work is missing: no publisher, container, address, identifier, number or archive."""
    asked = {name for names in missing_fields(work) for name in names}
    if not has_source(work) and asked.isdisjoint({"publisher", "container_title", "url"}):  # else TP101 asks for it
        message = "is missing, and so is every other source; give a publisher, container-title, URL, DOI or number"
        yield Violation(("publisher",), message)


@rule("TP419", "warning", "work")
def journal_article(work: Work, _today: date) -> Iterator[Violation]:
    """A work of the type `article`, in CSL a preprint, has a journal's volume, issue, pages or ISSN."""
    is_in_journal = work.container_title and not names_preprint(work.container_title)
    if work.type == "article" and is_in_journal and (work.volume or work.issue or work.page or work.issn):
        yield Violation(
            ("type",), "article is a preprint in CSL; is it article-journal, or article-magazine?", "article"
        )


@rule("TP102", "hint", "list")
def untranslated(library: Library) -> Iterator[tuple[Work, Violation]]:
    """A title in another language has no translation, while others of the list have one."""
    foreign = [work for work in library if work.title and _is_foreign(work)]
    without = [work for work in foreign if not work.translated_title]
    message = "is missing; the other titles of this list that are not English have one"
    if len(without) <= len(foreign) / 2:
        yield from ((work, Violation(("translated-title",), message)) for work in without)


def _is_foreign(work: Work) -> bool:
    if work.language:
        return not is_english(work.language)
    return not is_latin(work.title or "")


@rule("TP104", "warning", "scalar")
def misread(text: Text) -> Iterator[Violation]:
    """Without quotes, other YAML readers read the value as a number, true, false or nothing, and change it."""
    if is_misread(text.value):
        message = f"without quotes {text.value} is not read as text by other YAML readers; write '{text.value}'"
        yield Violation(text.path, message, text.value, replacement=f"'{text.value}'", only_unquoted=True)


@rule("TP105", "hint", "names")
def short_name(text: Text) -> Iterator[Violation]:
    """A name is one text with a comma: pandoc and citeproc read that as the name of an organisation."""
    names = read_text(text.value)
    is_person = any(name.literal is None for name in names) and (len(names) > 1 or "," in text.value)
    if not is_person or any(name_doubts(names)):  # what is doubtful is reported as such
        return
    parts = [inline(_parts(name)) if not name.is_others else "others" for name in names]
    is_sure = not any(name.literal is None and may_be_organisation(str(name)) for name in names)
    is_sure = is_sure and not (len(names) == 1 and "&" in text.value)
    message = f"pandoc reads the whole text as the name of an organisation; write {', '.join(parts)}"
    new = "\n".join(parts) if is_sure else None
    yield Violation(text.path, message, text.value, replacement=new, only_yaml="name")


def _parts(name: Name) -> dict[str, str]:
    return {key: to_markdown(part) for key, part in name.to_csl().items() if isinstance(part, str)}
