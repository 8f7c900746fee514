"""The rules on what can hardly be meant (TP414 to TP417) or belongs elsewhere (TP308, TP418, TP428 to TP431).

The readers warn of the first, too (``text.plausibility``); before a reference is printed the second is repaired
(``text.hygiene``).
"""

from __future__ import annotations

from collections.abc import Iterator

from tajikpeace_refs.lint.rule import Violation, rules_of_doubts
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.hygiene import repairs
from tajikpeace_refs.text.plausibility import CARRIER, ENCODING, INVISIBLE, PLACEHOLDER, doubts


def _doubts(work: Work) -> Iterator[tuple[str, Violation]]:
    for each in doubts(work):
        yield each.code, Violation(each.path, each.message, each.words, each.at, each.replacement)


rules_of_doubts(_doubts, {
    PLACEHOLDER: ("warning", ("A number, identifier or date is a placeholder of a program: `n/a`, `None`, `NA`, `nan`, "
                  "0 as a volume.")),
    ENCODING: ("error", "A text was read in a wrong encoding: `MÃ¼ller` for Müller."),
    INVISIBLE: ("warning", ("A text has an invisible character, so that search does not find the word: a soft hyphen, "
                "a zero-width space, a control character.")),
    CARRIER: ("warning", "A text contains HTML entities or tags of publishers: `&amp;` for &, `<inf>`, `<jats:p>`."),
})  # fmt: skip

_CODES = {
    **dict.fromkeys(("number-labels", "volume-with-issue", "volume-with-year", "edition-words"), "TP308"),
    **dict.fromkeys(("edition-in-title", "container-words", "container-numbers", "imprint"), "TP418"),
    **dict.fromkeys(("material", "responsibility", "spaced-colon"), "TP428"),
    "parallel-title": "TP429", "degrees": "TP430", "whole-reference": "TP431",
}  # fmt: skip
"""The code for each step of hygiene; roles in names are reported with the other doubts about names (TP421)."""


def _repairs(work: Work) -> Iterator[tuple[str, Violation]]:
    for step, each in repairs(work):
        if step in _CODES:
            changes = {} if each.dropped or each.replacement is not None else each.changes
            violation = Violation(each.path, each.message, each.words, each.at, each.replacement, changes=changes)
            yield _CODES[step], violation


rules_of_doubts(_repairs, {
    "TP308": ("warning", ("A number contains words that styles add: `Vol. 3`, `№ 5`, `pp. 3-5`, `2-е изд.`, or an "
              "issue: `3(4)`.")),
    "TP418": ("hint", ("A text contains what styles add, or the value of another variable: `Title (2nd ed.)`, `In "
              "Title`, `London: Press`.")),
    "TP428": ("warning", ("A title contains parts of a library record: `[Текст]`, ` / ed. by A. Rahimova`, a space "
              "before a colon.")),
    "TP429": ("hint", "A title contains its translation after ` = `."),
    "TP430": ("warning", "A name contains a degree or title, which styles do not print: `Rahimova PhD`, `Dr. Ida`."),
    "TP431": ("warning", "A title continues with its source after ` // `."),
})  # fmt: skip
