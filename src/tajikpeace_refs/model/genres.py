"""Words for the kind of a work that only repeat its type."""

from __future__ import annotations

# What databases and reference managers write into the field for the kind (EndNote's and Zotero's types, Web of
# Science's and Scopus' document types, Crossref's), in small letters and without signs between the words.
_REPEATING = {
    "article-journal": {"article", "articlejournal", "earlyaccess", "electronicarticle", "jour", "journal",
                        "journalarticle", "originalarticle", "proceedingspaper", "researcharticle"},
    "article-magazine": {"article", "articlemagazine", "magazinearticle", "mgzn"},
    "article-newspaper": {"article", "articlenewspaper", "newspaperarticle", "news"},
    "book": {"book", "editedbook", "electronicbook", "ebook", "monograph", "wholebook"},
    "chapter": {"bookchapter", "bookpart", "booksection", "chapter", "electronicbooksection", "inbook", "incollection",
                "chap"},
    "paper-conference": {"conference", "conferencepaper", "conferenceproceedings", "inproceedings", "paperconference",
                         "proceedings", "proceedingsarticle", "proceedingspaper", "conf", "cpaper"},
    "document": {"document", "generic", "misc", "miscellaneous", "other", "gen"},
    "webpage": {"electronicsource", "internet", "misc", "online", "webpage", "website", "elec"},
    "dataset": {"data", "dataset"},
    "software": {"computerprogram", "program", "software"},
}  # fmt: skip


def repeats_type(genre: str, csl: str) -> bool:
    """Whether the words for the kind of a work say no more than its CSL type, so that no description is due (APA 9.21).

    >>> repeats_type("Journal Article", "article-journal"), repeats_type("Editorial", "article-journal")
    (True, False)
    """
    words = _REPEATING.get(csl, set())
    return all("".join(filter(str.isalpha, part.lower())) in words for part in genre.split(";"))
