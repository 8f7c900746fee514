"""What every tag of RIS means for every TY: one table for reading and writing.

Sources: the RIS specifications of 2001 and 2011 (Research Information Systems), Zotero's translator RIS.js, EndNote's
export filter, the field tags of Web of Science, Scopus, EBSCO, Ovid and Embase.

``TAG=variable`` is read and written: Zotero or EndNote read it so. ``TAG>variable`` is read only: an older or a
vendor's tag, or one that other programs would take for something else. ``TAG<variable`` is written only: other programs
show the text, and a passthrough line says what it is. Of several meanings of one tag, the first that the value fits
holds. A line of a TY takes the place of the line ``*`` for each tag that it names; ``TAG=`` there means nothing: the
tag is kept as it is.
"""

from __future__ import annotations

import re

PASSTHROUGH = "ZZ"
"""The tag of a passthrough line."""

_MATRIX = """
*: AU=author A1>author ED>editor A4=translator PY=issued DA>issued Y1>issued TI=title T1>title CT>title
 TT=translated_title ST=title_short T2=container_title JF>container_title BT>container_title J2=container_title_short
 JO>container_title_short JA>container_title_short J1>container_title_short JI>container_title_short
 J9>container_title_short T3>collection_title ET=edition VL=volume IS=issue M1>number NV=number_of_volumes SE=section
 SP=page EP>page PB=publisher PU>publisher CY=publisher_place PI>publisher_place PP>publisher_place M3>doi M3=genre
 DO=doi DI>doi L3>doi SN=isbn BN>isbn UR=url LK>url Y2=accessed OP=original_title RI=reviewed_title LA=language
 CN=call_number DB=archive DP=source AN=archive_location AV>archive_location KW=keyword AB=abstract N2>abstract
 N1=annote RN>annote N1<note

JOUR ABST INPR EJOUR JFULL: A2=editor T3=collection_title M1>issue C7=number SN=issn ET=available_date ET>edition
 C2=pmcid C2>pmid C5>pmid M3>doi M3<genre
EJOUR: C3>pmcid
MGZN NEWS: A2>editor M1>issue C7>number SN=issn M3>doi M3<genre
NEWS: M1=
BOOK EBOOK EDBOOK CLSWK CTLG: A2=collection_editor A3=editor ED>editor T2=collection_title T3>collection_title
 BT>title M1=collection_number SP=number_of_pages
EDBOOK: AU=editor A1>editor
CHAP ECHAP SER: A2=editor A3=collection_editor C2=container_author T3=collection_title SV=collection_number
 M1>number_of_volumes IS>number_of_volumes SE=chapter_number C1=section
SER: M3>doi C2= M1>collection_number IS=issue
ENCYC DICT: A2=editor A3=collection_editor M1>number
DICT: M1=number
CONF CPAPER: A2=editor A3=collection_editor A4=contributor T2=event_title C3=container_title
 C1=event_place CP>event_title T3=collection_title M1>issue
SLIDE: A2>author T2=event_title CY=event_place M1=number
THES: A3=contributor A4= T2=division VL>genre VL=volume SP=number_of_pages M1=number
RPRT GOVDOC STAND: A2=collection_editor ED=editor T2=collection_title SN=number IS>number M1>number
RPRT: NV=collection_number C6=issue
MANSCPT: T2=archive_collection SP=number_of_pages M1=number
UNPD PAMP: SP=number_of_pages
PAMP: M1=collection_number
UNPD: M1=number
UNPB: A2=collection_editor T2=collection_title T3=division M1=number
ELEC WEB MULTI: M1>accessed VL>accessed C2>accessed C1>accessed
BLOG: A2>editor VL>accessed
ICOMM PCOMM: A2=recipient M1=number
ICOMM: ST>title_short
INTV: A2>interviewer
DATA DBASE AGGR: A2=producer A4=contributor ET=version NV=number IS>version C3=genre M3>doi M3>genre
AGGR: A2=editor M1>number
COMP: T2=collection_title ET=version LA= M1=
MAP: A3=collection_editor A2>collection_editor T2=collection_title C1=scale C3=dimensions SP=
ART CHART FIGURE EQUA: C3=dimensions M3>doi M3=medium SP=
CHART FIGURE EQUA: M1=number
EQUA: A2=editor
MPCT ADVS VIDEO: AU=director A1>director A3=producer C1=performer C5=medium T3=collection_title
MPCT ADVS: A4=contributor C4=genre SP=dimensions EP= M3>doi
MPCT: M3>medium
ADVS: A2>performer M3>genre C3>dimensions M1=number
VIDEO: A2>performer C3=dimensions M1=number
SOUND MUSIC: AU=composer A1>composer T3=collection_title C5=medium
SOUND: A2=performer A3>collection_editor C3=dimensions M1=number
MUSIC: A2=editor A3=collection_editor
PAT: A2=authority C3=jurisdiction SN=number C1=submitted C2>issued C5=references C6=status M1=call_number PB= OP= NV=
 VL= ET= SE=
CASE: A2=container_title T2>container_title PB=authority SV=number OP=references NV>container_title_short
 ST>title_short T3= ET= SE=
LEGAL: A2= PB=authority SV=number OP=references ST>title_short T3=
STAT: ET=chapter_number M1=number OP=references ST>title_short T3= NV=
BILL UNBILL: AU>author A2=author T3=authority ET=chapter_number M1=number OP=references
HEAR: T2=section T3=authority ET=chapter_number M1=number OP=references SE=
ART CHART FIGURE BILL UNBILL COMP HEAR MAP PAT STAT: A4>translator
CASE LEGAL: A4=
GRANT GRNT: A2=editor C5=number M1= NV= ET= VL=
ANCIENT: A2=editor T3=volume_title M1=number
GEN: A2=editor T3=collection_title M1=number C7>number
"""

# The TY of a CSL type; any other type is GEN, and a passthrough line names it where the TY does not give it back.
TYPE_TO_TY = {
    "article": "UNPD", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "bill": "BILL", "book": "BOOK", "broadcast": "MPCT", "chapter": "CHAP", "classic": "CLSWK", "collection": "BOOK",
    "dataset": "DATA", "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC", "event": "CONF", "figure": "FIGURE",
    "graphic": "ART", "hearing": "HEAR", "interview": "PCOMM", "legal_case": "CASE", "legislation": "STAT",
    "manuscript": "MANSCPT", "map": "MAP", "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP",
    "paper-conference": "CONF", "patent": "PAT", "periodical": "JFULL", "personal_communication": "PCOMM",
    "post": "BLOG", "post-weblog": "BLOG", "regulation": "LEGAL", "report": "RPRT", "review": "JOUR",
    "review-book": "JOUR", "software": "COMP", "song": "SOUND", "speech": "SLIDE", "standard": "STAND",
    "thesis": "THES", "treaty": "LEGAL", "webpage": "ELEC",
}  # fmt: skip

TY_TO_TYPE = {
    "ABST": "article-journal", "ADVS": "motion_picture", "AGGR": "dataset", "ANCIENT": "classic", "ART": "graphic",
    "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter", "CHART": "figure",
    "CLSWK": "classic", "COMP": "software", "CONF": "paper-conference", "CPAPER": "paper-conference", "CTLG": "book",
    "DATA": "dataset", "DBASE": "dataset", "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter",
    "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage", "ENCYC": "entry-encyclopedia", "EQUA": "figure",
    "FIGURE": "figure", "GEN": "document", "GOVDOC": "report", "GRANT": "document", "GRNT": "document",
    "HEAR": "hearing", "ICOMM": "personal_communication", "INPR": "article-journal", "INTV": "interview",
    "JFULL": "periodical", "JOUR": "article-journal", "LEGAL": "regulation", "MANSCPT": "manuscript", "MAP": "map",
    "MGZN": "article-magazine", "MPCT": "motion_picture", "MULTI": "webpage", "MUSIC": "musical_score",
    "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication",
    "RPRT": "report", "SER": "chapter", "SLIDE": "speech", "SOUND": "song", "STAND": "standard", "STAT": "legislation",
    "THES": "thesis", "UNBILL": "bill", "UNPB": "manuscript", "UNPD": "manuscript", "VIDEO": "motion_picture",
    "WEB": "webpage",
}  # fmt: skip
"""The CSL type of a TY, EndNote's and the databases' forms included. Scopus writes papers of book series as SER."""

_LINE = re.compile(r"^([A-Z *]+):((?:.*\n)(?: .*\n)*)", re.MULTILINE)
_PAIR = re.compile(r"(\w\w)([=<>])(\w*)")
LINES = [(tuple(types.split()), _PAIR.findall(pairs)) for types, pairs in _LINE.findall(_MATRIX)]
"""The lines of the table: the TYs, and tag, sign and variable of each pair."""

KNOWN_TAGS = frozenset(tag for _, pairs in LINES for tag, _, _ in pairs) | {
    "AD", "C4", "C8", "CA", "H1", "H2", "ID", "L1", "L2", "L4", "LB", "M2", "RP", "TA", "U1", "U2", "U3", "U4", "U5",
}  # fmt: skip
"""Tags of the specifications, of EndNote and of the databases."""
