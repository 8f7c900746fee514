"""What type checkers know of making works: each variable takes all that it is read from, text for a date and so on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Required, TypedDict

from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.editorial import Correction, ExtraField, LinkReview
from tajikpeace_refs.model.locator import Locator
from tajikpeace_refs.model.name import Name

Text = str | int | None
Names = Name | str | Mapping[str, Any] | Sequence[Name | str | Mapping[str, Any]]
Date = PartialDate | dt.date | str | int | Mapping[str, Any] | None
Words = str | Sequence[str]
Corrections = Sequence[Correction | Mapping[str, Any]]
Review = LinkReview | Mapping[str, str] | None
Place = Locator | str | None
Fields = Sequence[ExtraField] | Mapping[str, Mapping[str, str | Sequence[str]]]

Keywords = TypedDict("Keywords", {  # noqa: UP013 - as a class it takes a line each
    "id": Required[str], "type": str, "DOI": Text, "ISBN": Text, "ISSN": Text, "PMCID": Text, "PMID": Text, "URL": Text,
    "author": Names, "chair": Names, "collection_editor": Names, "compiler": Names, "composer": Names,
    "container_author": Names, "contributor": Names, "curator": Names, "director": Names, "editor": Names,
    "editorial_director": Names, "executive_producer": Names, "guest": Names, "host": Names, "illustrator": Names,
    "interviewer": Names, "narrator": Names, "organizer": Names, "original_author": Names, "performer": Names,
    "producer": Names, "recipient": Names, "reviewed_author": Names, "script_writer": Names, "series_creator": Names,
    "translator": Names, "issued": Date, "accessed": Date, "available_date": Date, "event_date": Date,
    "original_date": Date, "submitted": Date, "title": Text, "title_short": Text, "container_title": Text,
    "container_title_short": Text, "collection_title": Text, "volume_title": Text, "volume_title_short": Text,
    "part_title": Text, "event_title": Text, "original_title": Text, "reviewed_title": Text, "publisher": Text,
    "publisher_place": Text, "original_publisher": Text, "original_publisher_place": Text, "event_place": Text,
    "authority": Text, "jurisdiction": Text, "division": Text, "edition": Text, "genre": Text, "reviewed_genre": Text,
    "medium": Text, "version": Text, "status": Text, "source": Text, "volume": Text, "issue": Text, "page": Text,
    "page_first": Text, "number": Text, "number_of_pages": Text, "number_of_volumes": Text, "chapter_number": Text,
    "collection_number": Text, "part": Text, "printing": Text, "supplement": Text, "section": Text, "scale": Text,
    "dimensions": Text, "citation_number": Text, "citation_label": Text, "first_reference_note_number": Text,
    "year_suffix": Text, "doi": Text, "isbn": Text, "issn": Text, "pmid": Text, "pmcid": Text, "url": Text,
    "archive": Text, "archive_collection": Text, "archive_location": Text, "archive_place": Text, "call_number": Text,
    "language": Text, "abstract": Text, "annote": Text, "note": Text, "references": Text, "citation_key": Text,
    "translated_title": Text, "transliterated_title": Text, "translated_container_title": Text,
    "transliterated_container_title": Text, "translated_collection_title": Text,
    "transliterated_collection_title": Text, "translated_volume_title": Text, "transliterated_volume_title": Text,
    "translated_event_title": Text, "transliterated_event_title": Text, "translated_publisher": Text,
    "transliterated_publisher": Text, "translated_publisher_place": Text, "transliterated_publisher_place": Text,
    "translated_original_title": Text, "transliterated_original_title": Text, "translated_archive": Text,
    "transliterated_archive": Text, "translated_authority": Text, "transliterated_authority": Text,
    "translated_genre": Text, "transliterated_genre": Text, "keyword": Words, "categories": Words, "printed": Text,
    "corrections": Corrections, "locator": Place, "remarks": Words, "archive_url": Text, "archive_date": Date,
    "link_review": Review, "retrieval_needed": bool, "extra": Fields,
}, total=False)  # fmt: skip
