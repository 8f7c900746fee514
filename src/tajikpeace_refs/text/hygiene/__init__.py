"""Record hygiene: what people and exports put into a variable that does not belong there, by steps, each with a name.

A printer takes ``cleaned`` works, so that a reference has nothing twice and nothing of a library's record; lint reports
what each step finds. The data are never changed by it. A step makes a change only where one reading is possible: what
is in doubt it reports without one. ``clean_name`` is the same for the name of a person; ``text.editions`` and
``text.numbers`` understand single values. Character references, tags, wrong encodings and placeholders are those of
``text.plausibility``.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.hygiene._base import Repair, Step
from tajikpeace_refs.text.hygiene._imprint import imprint
from tajikpeace_refs.text.hygiene._names import clean_name, degrees, roles_in_names
from tajikpeace_refs.text.hygiene._numbers import edition_words, number_labels, volume_with_issue, volume_with_year
from tajikpeace_refs.text.hygiene._titles import (
    container_numbers,
    container_words,
    edition_in_title,
    material,
    parallel_title,
    responsibility,
    spaced_colon,
    whole_reference,
)
from tajikpeace_refs.text.plausibility import are_sound, repaired, texts_of

__all__ = ["STEPS", "Repair", "Step", "clean_name", "cleaned", "dropped", "repairs", "roles_in_names"]

STEPS: MappingProxyType[str, Step] = MappingProxyType({
    "material": material, "responsibility": responsibility, "parallel-title": parallel_title,
    "spaced-colon": spaced_colon, "edition-in-title": edition_in_title, "container-words": container_words,
    "container-numbers": container_numbers,
    "whole-reference": whole_reference, "volume-with-issue": volume_with_issue,
    "volume-with-year": volume_with_year, "number-labels": number_labels, "edition-words": edition_words,
    "imprint": imprint, "roles-in-names": roles_in_names, "degrees": degrees,
})  # fmt: skip
"""The steps by name, in the order in which they are taken."""
_OF_TITLES = (material, responsibility, parallel_title, spaced_colon)
_OF_ALL = (
    edition_in_title, container_words, container_numbers, volume_with_issue, volume_with_year, number_labels, imprint,
    roles_in_names,
)  # fmt: skip
"""The steps that change a work for printing; editions and names are printed by functions of their own."""
_SIGNS = ("[", " / ", " = ", " : ", " ; ")


def cleaned(work: Work) -> Work:
    """Return a work as it is to be printed, without what surely does not belong where it stands."""
    if not are_sound(texts_of(work.__dict__)):
        work, _ = repaired(work, "csl-yaml")
    held = work.__dict__
    titles = f"{held.get('title')}\n{held.get('container_title')}\n{held.get('collection_title')}"
    is_of_record = any(sign in titles for sign in _SIGNS)
    for step in (*_OF_TITLES, *_OF_ALL) if is_of_record else _OF_ALL:
        changes = {variable: value for repair in step(work) for variable, value in repair.changes.items()}
        if changes:
            work = work.model_copy(update=changes)
    return work


def dropped(work: Work) -> Iterator[Repair]:
    """Yield the repairs that leave out of print what nothing else in the work says."""
    return (repair for repair in responsibility(work) if repair.dropped)


def repairs(work: Work) -> Iterator[tuple[str, Repair]]:
    """Yield what each step finds in a work, with the name of the step."""
    for name, step in STEPS.items():
        yield from ((name, repair) for repair in step(work))
