"""The variables of a work: those of CSL 1.0.2, and our multilingual and editorial ones."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field

from tajikpeace_refs.model._names import Names
from tajikpeace_refs.model.base import Sparse, csl_name
from tajikpeace_refs.model.date import Date
from tajikpeace_refs.model.editorial import Correction, ExtraField, ExtraFields, LinkReview, dump_extra
from tajikpeace_refs.model.locator import AnyLocator, Locator

Text = str | None


def _to_words(value: Any) -> Any:  # noqa: ANN401 - raw input
    """Accept CSL's comma-separated text for a list of keywords."""
    if isinstance(value, str):
        return tuple(word.strip() for word in value.split(",") if word.strip())
    return value


def _to_list(value: Any) -> Any:  # noqa: ANN401 - raw input
    return (value,) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_to_words, json_schema_input_type=str | list[str])]
Lines = Annotated[tuple[str, ...], BeforeValidator(_to_list, json_schema_input_type=str | list[str])]


class Variables(Sparse):
    """The variables of a work. Every one of CSL is an attribute; what is missing is None or an empty tuple."""

    id: Annotated[str, Field(min_length=1)]
    """The citation key, unique in the library. Example: ``usmonov2006``."""
    type: str
    """The type of the work, one of CSL 1.0.2. Example: ``book``."""

    # Names
    author: Names = ()
    """The authors: persons or organisations. Example: ``[{family: Usmonov, given: I.}]``."""
    chair: Names = ()
    """Who chaired the session. Example: ``[{family: Brahimi, given: Lakhdar}]``."""
    collection_editor: Names = ()
    """The editors of the series. Example: ``[{family: Galtung, given: Johan}]``."""
    compiler: Names = ()
    """Who compiled the work. Example: ``[{family: Roget, given: Peter Mark}]``."""
    composer: Names = ()
    """Who composed the music. Example: ``[{family: Shahidi, given: Ziyodullo}]``."""
    container_author: Names = ()
    """The authors of the book that a chapter is in. Example: ``[{family: Aini, given: Sadriddin}]``."""
    contributor: Names = ()
    """Who contributed in a role that has no key of its own. Example: ``[{family: Akiner, given: Shirin}]``."""
    curator: Names = ()
    """Who curated the exhibition or collection. Example: ``[{family: Szeemann, given: Harald}]``."""
    director: Names = ()
    """Who directed the film, episode or performance. Example: ``[{family: Khudojnazarov, given: Bakhtyar}]``."""
    editor: Names = ()
    """The editors of the work, or of the book that it is in. Example: ``[{family: Barnes, given: Catherine}]``."""
    editorial_director: Names = ()
    """Who is responsible for the journal or series. Example: ``[{family: Miall, given: Hugh}]``."""
    executive_producer: Names = ()
    """The executive producers. Example: ``[{family: Marshall, given: Frank}]``."""
    guest: Names = ()
    """The guests of a broadcast. Example: ``[{family: Annan, given: Kofi}]``."""
    host: Names = ()
    """The hosts of a broadcast. Example: ``[{family: Frost, given: David}]``."""
    illustrator: Names = ()
    """Who illustrated the work. Example: ``[{family: Tenniel, given: John}]``."""
    interviewer: Names = ()
    """Who asked the questions in an interview. Example: ``[{family: Fallaci, given: Oriana}]``."""
    narrator: Names = ()
    """Who reads an audio book aloud. Example: ``[{family: Gielgud, given: John}]``."""
    organizer: Names = ()
    """Who organised the event, often an organisation. Example: ``[{literal: United Nations}]``."""
    original_author: Names = ()
    """Authors of the original work. Example: ``[{family: Clausewitz, given: Carl, non-dropping-particle: von}]``."""
    performer: Names = ()
    """Who performed the work: persons or an ensemble. Example: ``[{literal: Shashmaqam Ensemble}]``."""
    producer: Names = ()
    """The producers. Example: ``[{family: Puttnam, given: David}]``."""
    recipient: Names = ()
    """Who received the letter or message. Example: ``[{family: Einstein, given: Albert}]``."""
    reviewed_author: Names = ()
    """The authors of the work reviewed. Example: ``[{family: Ramsbotham, given: Oliver}]``."""
    script_writer: Names = ()
    """Who wrote the script. Example: ``[{family: Bolt, given: Robert}]``."""
    series_creator: Names = ()
    """Who created the series. Example: ``[{family: Sorkin, given: Aaron}]``."""
    translator: Names = ()
    """Who translated the work. Example: ``[{family: Howard, given: Richard}]``."""

    # Dates
    issued: Date | None = None
    """When the work was published. Example: ``2008-06``."""
    accessed: Date | None = None
    """When the web page was visited. Example: ``2024-05-06``."""
    available_date: Date | None = None
    """When the work was first available online. Example: ``2008-03-14``."""
    event_date: Date | None = None
    """When the event took place. Example: ``1997-06-27``."""
    original_date: Date | None = None
    """When the original work was published. Example: ``1962``."""
    submitted: Date | None = None
    """When the work was submitted. Example: ``2007-11-30``."""

    # Titles
    title: Text = None
    """The title, in its original script. It may contain `<i>`, `<sub>`, `<sup>` and `<span class="nocase">`.
    Example: ``Миростроительство в Таджикистане``."""
    title_short: Text = None
    """A shorter title. Example: ``Peacebuilding``."""
    container_title: Text = None
    """Title of the journal, book or web site that the work is in. Example: ``New Political Science``."""
    container_title_short: Text = None
    """Abbreviated title of the journal or book. Example: ``New Polit. Sci.``."""
    collection_title: Text = None
    """Title of the series. Example: ``Conflict Series``."""
    volume_title: Text = None
    """Title of the volume. Example: ``Foundations``."""
    volume_title_short: Text = None
    """A shorter title of the volume. Example: ``Found.``."""
    part_title: Text = None
    """Title of the part. Example: ``Part one, Origins``."""
    event_title: Text = None
    """Name of the conference or other event. Example: ``Inter-Tajik Dialogue``."""
    original_title: Text = None
    """Title of the work that this one translates. Example: ``Paix et guerre entre les nations``."""
    reviewed_title: Text = None
    """Title of the work reviewed. Example: ``Contemporary conflict resolution``."""

    # Publication
    publisher: Text = None
    """Publisher, or the institution that awarded a thesis. Example: ``Devashtich``."""
    publisher_place: Text = None
    """Place of the publisher. Example: ``Dushanbe``."""
    original_publisher: Text = None
    """Publisher of the original. Example: ``Calmann-Lévy``."""
    original_publisher_place: Text = None
    """Place of the original's publisher. Example: ``Paris``."""
    event_place: Text = None
    """Place of the event. Example: ``Tokyo``."""
    authority: Text = None
    """Court, patent office or other authority. Example: ``U.S. Supreme Court``."""
    jurisdiction: Text = None
    """The jurisdiction of the authority, as a code. Example: ``us``."""
    division: Text = None
    """Part of the publisher or authority. Example: ``Department of History``."""
    edition: Text = None
    """Edition: a number or words. Example: ``3``."""
    genre: Text = None
    """Kind of work. Example: ``Doctoral dissertation``."""
    reviewed_genre: Text = None
    """Kind of the work reviewed. Example: ``Film``."""
    medium: Text = None
    """Physical form. Example: ``DVD``."""
    version: Text = None
    """Version of software or data. Example: ``3.3.070``."""
    status: Text = None
    """State of publication. Example: ``in press``."""
    source: Text = None
    """Where the record comes from. Example: ``WorldCat``."""

    # Numbers
    volume: Text = None
    """Volume, as the source numbers it. Example: ``34``."""
    issue: Text = None
    """Issue of the journal. Example: ``2``."""
    page: Text = None
    """The pages of the work in its journal or book. Example: ``195-202``."""
    page_first: Text = None
    """First page. Example: ``195``."""
    number: Text = None
    """Number of a report, patent, standard. Example: ``18-2424``."""
    number_of_pages: Text = None
    """How many pages the work has. Example: ``295``."""
    number_of_volumes: Text = None
    """How many volumes the work has. Example: ``6``."""
    chapter_number: Text = None
    """Number of the chapter. Example: ``4``."""
    collection_number: Text = None
    """Number within the series. Example: ``1``."""
    part: Text = None
    """Number of the part. Example: ``2``."""
    printing: Text = None
    """Number of the printing. Example: ``2``."""
    supplement: Text = None
    """Number of the supplement. Example: ``1``."""
    section: Text = None
    """Section of a newspaper or a law. Example: ``B``."""
    scale: Text = None
    """Scale of a map. Example: ``1:50 000``."""
    dimensions: Text = None
    """Size or running time. Example: ``94 min``."""
    citation_number: Text = None
    """Number of the work in a numbered list. Example: ``1``."""
    citation_label: Text = None
    """Label of the work in a list with labels. Example: ``Usm06``."""
    first_reference_note_number: Text = None
    """Number of the note that first cites the work. Example: ``1``."""
    year_suffix: Text = None
    """Letter after the year, where it is not computed. Example: ``a``."""

    # Identifiers and places
    doi: Text = None
    """DOI, as written in the source. Example: ``10.1037/0000165-000``."""
    isbn: Text = None
    """ISBN, as printed. Example: ``1-878379-73-9``."""
    issn: Text = None
    """ISSN, as printed. Example: ``2328-8272``."""
    pmid: Text = None
    """PubMed number. Example: ``30596666``."""
    pmcid: Text = None
    """PubMed Central number. Example: ``PMC6313456``."""
    url: Text = None
    """Web address, exactly as the source gives it. Example: ``http://cyberleninka.ru/article/n/x``."""
    archive: Text = None
    """Archive or database that has the work. Example: ``ERIC``."""
    archive_collection: Text = None
    """Collection within the archive. Example: ``Papers of J. Burton``."""
    archive_location: Text = None
    """Shelf mark within the archive. Example: ``Box 3``."""
    archive_place: Text = None
    """Place of the archive. Example: ``Washington, DC``."""
    call_number: Text = None
    """Call number of a library. Example: ``JZ5538``."""

    # Description
    language: Text = None
    """BCP 47 tag of the work's language. Example: ``tg``."""
    abstract: Text = None
    """Abstract of the work. Example: ``This paper …``."""
    annote: Text = None
    """Your annotation. Example: ``Central to chapter 2.``."""
    note: Text = None
    """A note that some styles print. Example: ``Mimeographed.``."""
    references: Text = None
    """What the work refers to, or the earlier decisions of a court case. Example: ``347 U.S. 483``."""
    citation_key: Text = None
    """The citation key in another program, where it differs from `id`. Example: ``usmonov:2006``."""

    # The same text in other forms (design: a missing transliteration is computed; an explicit one wins)
    translated_title: Text = None
    """The title in the language of the list. Example: ``Peacebuilding in Tajikistan``."""
    transliterated_title: Text = None
    """The title in Latin letters. Example: ``Mirostroitelstvo v Tadzhikistane``."""
    translated_container_title: Text = None
    """The container title in the language of the list. Example: ``International Affairs``."""
    transliterated_container_title: Text = None
    """The container title in Latin letters. Example: ``Mezhdunarodnaia zhizn``."""
    translated_collection_title: Text = None
    """The collection title in the language of the list. Example: ``Library of the Diplomat``."""
    transliterated_collection_title: Text = None
    """The collection title in Latin letters. Example: ``Biblioteka diplomata``."""
    translated_volume_title: Text = None
    """The volume title in the language of the list. Example: ``The Civil War``."""
    transliterated_volume_title: Text = None
    """The volume title in Latin letters. Example: ``Grazhdanskaia voina``."""
    translated_event_title: Text = None
    """The event title in the language of the list. Example: ``Inter-Tajik Dialogue``."""
    transliterated_event_title: Text = None
    """The event title in Latin letters. Example: ``Mezhtadzhikskii dialog``."""
    translated_publisher: Text = None
    """The publisher in the language of the list. Example: ``Academy of Sciences``."""
    transliterated_publisher: Text = None
    """The publisher in Latin letters. Example: ``Akademiia nauk``."""
    translated_publisher_place: Text = None
    """The publisher place in the language of the list. Example: ``Saint Petersburg``."""
    transliterated_publisher_place: Text = None
    """The publisher place in Latin letters. Example: ``Sankt-Peterburg``."""
    translated_original_title: Text = None
    """The original title in the language of the list. Example: ``Peace and War among Nations``."""
    transliterated_original_title: Text = None
    """The original title in Latin letters. Example: ``Mir i voina mezhdu natsiiami``."""
    translated_archive: Text = None
    """The archive in the language of the list. Example: ``National Archive of Tajikistan``."""
    transliterated_archive: Text = None
    """The archive in Latin letters. Example: ``Boigonii millii Tojikiston``."""
    translated_authority: Text = None
    """The authority in the language of the list. Example: ``Supreme Court of Tajikistan``."""
    transliterated_authority: Text = None
    """The authority in Latin letters. Example: ``Sudi Olii Tojikiston``."""
    translated_genre: Text = None
    """The genre in the language of the list. Example: ``Doctoral dissertation``."""
    transliterated_genre: Text = None
    """The genre in Latin letters. Example: ``Doktorskaia dissertatsiia``."""
    # Lists of words
    keyword: Words = ()
    """Keywords: a list, or one text with commas. Example: ``[peace process, Tajikistan]``."""
    categories: Words = ()
    """Categories, as a reference manager keeps them. Example: ``[history]``."""

    # Editorial keys (ours): not bibliographic data, kept in YAML and CSL-JSON only
    printed: Text = None
    """The reference exactly as the source printed it. Example: ``Usmonov, I. (2006) Peacebuilding …``."""
    corrections: tuple[Correction, ...] = ()
    """Mistakes in the printed reference: corrected, to be corrected, or only apparent.
    Example: ``[{variable: title, printed: miror, corrected: mirror, basis: evident, certainty: certain,
    reason: a letter is missing, applied: true}]``."""
    locator: AnyLocator | None = None
    """The page or other place that is cited, for the in-text citation. Example: ``p. 204``."""
    remarks: Lines = ()
    """The editor's remarks. Example: ``[The name changed in 2007; kept as printed]``."""

    # An archived copy, and whether the content is meant to change (ours)
    archive_url: Text = None
    """Address of an archived copy. Example: ``https://web.archive.org/web/2012/http://example.org/``."""
    archive_date: Date | None = None
    """When the copy was made. Example: ``2012-03-01``."""
    link_review: LinkReview | None = None
    """A verdict of `check-links` that the editor accepts. Example: ``{date: 2026-05-01, verdict: dead,
    reason: the office was closed}``."""
    retrieval_needed: bool = False
    """Whether the content changes over time, so that APA prints the date of retrieval. Example: ``true``."""

    extra: ExtraFields = Field(default=(), validation_alias=AliasChoices("extra", "foreign"))
    """Fields of another format that CSL has no variable for. Example: ``{bibtex: {mrnumber: '123'}}``."""

    def variables(self) -> dict[str, Any]:
        """Return what is set, by attribute name, in the order of the model: the values themselves."""
        return {name: value for name, value in self.__dict__.items() if value}


FIELDS: tuple[str, ...] = tuple(Variables.model_fields)
SPELLING: dict[str, str] = {name: csl_name(name) for name in FIELDS}
NAME_VARIABLES = tuple(
    name
    for name in FIELDS
    if Variables.model_fields[name].default == () and "Name" in str(Variables.model_fields[name].annotation)
)
DATE_VARIABLES = tuple(name for name in FIELDS if "PartialDate" in str(Variables.model_fields[name].annotation))
EDITORIAL = ("printed", "corrections", "locator", "remarks", "link_review")


def dump_value(value: Any) -> Any:  # noqa: ANN401 - any field
    """Return the value of one variable as plain data."""
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, tuple):
        if isinstance(value[0], ExtraField):
            return dump_extra(value)
        return [dump_value(item) for item in value]
    return str(value) if isinstance(value, Locator) else value.to_csl()
