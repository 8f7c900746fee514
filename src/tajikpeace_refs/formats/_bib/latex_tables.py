"""What TeX's commands mean, where pylatexenc's tables do not say: signs, arguments, declarations."""

from __future__ import annotations

import re
from functools import cache
from typing import Final


def _words(text: str) -> list[str]:
    return text.split()


def _pairs(table: str) -> dict[str, str]:
    words = _words(table)
    return dict(zip(words[::2], words[1::2], strict=True))


# A command without an argument, and its sign. pylatexenc knows most; what follows it has not, or has otherwise.
SIGNS: Final = {
    "{": "{", "}": "}", "-": "", "/": "", "@": "", ",": "\u202f", ";": " ", ":": " ", ">": " ", "!": "", " ": " ",
    "\n": " ", "\\": " ", "": "\\", "%": "%", "&": "&", "#": "#", "_": "_", "$": "$",
    "par": "\n", "item": " ", "hyphen": "-", "slash": "/",
    **{name: name for name in ("LaTeX", "TeX", "BibTeX")},
    **dict.fromkeys(
        _words("""
        quad qquad enspace thinspace enskip space newline linebreak newblock addspace addlowpenspace addhighpenspace
        hfill hfil allowhyphens
        """), " "),
    **dict.fromkeys(_words("""
        nobreakspace addnbspace addabbrvspace addabthinspace
        """), "\u00a0"),
    "addcomma": ",", "addcolon": ":", "addsemicolon": ";", "adddot": ".", "addperiod": ".", "addslash": "/",
    "adddotspace": ". ", "isdot": "", "textcompwordmark": "", "textemptyset": "∅",
    **_pairs(r"""
    textbraceleft { textbraceright } textasciicircum ^ textasciitilde ~ textquotesingle ' textless < textgreater >
    textbar | textunderscore _ textquotedbl " textasteriskcentered * textlangle ⟨ textrangle ⟩ texttildelow ˷ textohm Ω
    textperiodcentered · textquotestraightbase ‚ textquotestraightdblbase „ texttwelveudash — textminus −
    textthreequartersemdash — textdblhyphen ⹀ textdblhyphenchar ⹀ textzerooldstyle 0 textoneoldstyle 1
    texttwooldstyle 2 textthreeoldstyle 3 textfouroldstyle 4 textfiveoldstyle 5 textsixoldstyle 6 textsevenoldstyle 7
    texteightoldstyle 8 textnineoldstyle 9 textlbrackdbl ⟦ textrbrackdbl ⟧ textborn ⋆ textdivorced ⚮ textdied †
    textleaf ❦ textmarried ⚭ textgravedbl ˵ textbardbl ‖ textdollaroldstyle $ textcentoldstyle ¢ textguarani ₲
    textinterrobangdown ⸘ gnaborretni ⸘ textpilcrow ¶ textlquill ⁅ textrquill ⁆ textcopyleft 🄯 textsurd √
    textnonbreakinghyphen - textogonekcentered ˛ textpeseta ₧ textrupee ₹ textruble ₽ textrouble ₽ textoneeighth ⅛
    textonethird ⅓ texttwothirds ⅔ textcommabelowS Ș textcommabelows ș textcommabelowT Ț textcommabelowt ț
    guillemetleft « guillemetright » SS ẞ textSchwa Ə textturna ɐ textrevglotstop ʕ textlhookneg ¬ ayn ʿ hamza ʾ
    textain ʿ euro € EUR € EURO € eurologo € officialeuro € geneuro € eurosym € pounds £ yen ¥ cent ¢ S § P ¶
    copyright © circledR ® registered ® trademark ™ ddag ‡ ddagger ‡ degree ° degrees ° celsius ℃ degreecelsius ℃
    perthousand ‰ permil ‰ pertenthousand ‱ micro µ ohm Ω angstrom Å checkmark ✓ female ♀ Female ♀ Male ♂ mars ♂
    Mercury ☿ Phone ☎ phone ☎ Telefon ☎ Mobilefone ✆ Letter ✉ Email ✉ Yinyang ☯ yinyang ☯ smiley ☺ Smiley ☺
    frownie ☹ Frowny ☹ Heart ♥ heartsuit ♥ spadesuit ♠ clubsuit ♣ diamondsuit ♦ bigstar ★ maltese ✠ Square □
    CheckedBox ☑ Checkedbox ☑ XBox ☒ Info ℹ sun ☼ twonotes ♫ musFlat ♭ musSharp ♯ musNatural ♮ blacksquare ■
    glqq „ grqq “ glq ‚ grq ‘ flqq « frqq » flq ‹ frq › dq " lq ‘ rq ’ lqq “ rqq ” ldq “ rdq ” og « fg » No № Nos №
    no n° nos n° degres ° primo 1° secundo 2° tertio 3° quarto 4° tild ~ circonflexe ^ boi \ at @ bari |
    cyrdash — cyrlangle ⟨ cyrrangle ⟩ cyrpalochka ӏ CYRLHK Ԓ cyrlhk ԓ CYRNLHK Ԣ cyrnlhk ԣ CYRRDSC Ԗ cyrrdsc ԗ
    CYRISHRTDSC Ҋ cyrishrtdsc ҋ CYREPS Ԑ cyreps ԑ CYRDELTA Ԃ cyrdelta ԃ CYRKSI Ѯ cyrksi ѯ CYRPSI Ѱ CYROMEGA Ѡ
    cprime ʹ Cprime ʹ cdprime ʺ Cdprime ʺ cydot · lasp ʿ rasp ʾ Dbar Đ dbar đ
    mdash — ndash – emdash — endash –
    less < greater > lt < gt > mathplus + mathsemicolon ; mathequals = mathcolon : mathcomma , mathslash / mathminus -
    mathperiod . mathampersand & mathcircumflex ^ mathdollar $ mathquestion ? mathexclam ! lbrack [ rbrack ] colon :
    ldotp . cdotp · neg ¬ prime ′ bullet • ast * sim ~ hbar ℏ
    """),
}  # fmt: skip

ACCENTS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "h": "\u0309", "r": "\u030a", "H": "\u030b", "v": "\u030c", "U": "\u030d", "G": "\u030f",
    "C": "\u030f", "f": "\u0311", "d": "\u0323", "textcommabelow": "\u0326", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361",
}  # fmt: skip

SMALL_CAPS: Final = '<span style="font-variant:small-caps;">%s</span>'
# A command with one argument, and what comes of it.
ARGUMENT: Final = {
    "emph": "<i>%s</i>", "textit": "<i>%s</i>", "mkbibemph": "<i>%s</i>", "textsl": "<i>%s</i>", "mathit": "<i>%s</i>",
    "mkbibitalic": "<i>%s</i>", "textbf": "<b>%s</b>", "mkbibbold": "<b>%s</b>", "mathbf": "<b>%s</b>",
    "textsubscript": "<sub>%s</sub>", "textsuperscript": "<sup>%s</sup>", "mkbibsuperscript": "<sup>%s</sup>",
    "mkbibsubscript": "<sub>%s</sub>", "up": "<sup>%s</sup>", "fup": "<sup>%s</sup>", "textsc": SMALL_CAPS,
    "mkbibsc": SMALL_CAPS, "mkbibquote": "“%s”", "enquote": "“%s”", "frquote": "«%s»",
    "mkbibparens": "(%s)", "mkbibbrackets": "[%s]",
    **dict.fromkeys(
        _words("""
        textnormal mbox textrm url textmd textup textsf texttt textlf textulc text mathrm mathsf mathtt mathbb
        mathcal mathfrak mathscr boldsymbol bm operatorname underline uline ul uwave hl so sout emphasize ensuremath
        hbox fbox makebox framebox nohyphens textls acro ac acs acl gls mkbibacro mkbibnamefamily mkbibnamegiven
        mkbibnameprefix mkbibnamesuffix mkbibendnote path nolinkurl detokenize ce num si bsc nom autocap textcyr
        MakeUppercase MakeLowercase uppercase lowercase MakeSentenceCase MakeTitleCase NoCaseChange
        """), "%s"),
}  # fmt: skip

# A declaration, which holds to the end of its group.
DECLARATIONS: Final = {
    **dict.fromkeys(("it", "itshape", "em", "sl", "slshape"), "<i>%s</i>"),
    **dict.fromkeys(("bf", "bfseries"), "<b>%s</b>"),
    **dict.fromkeys(("sc", "scshape"), SMALL_CAPS),
}

# A command that prints nothing, and the number of its arguments.
SILENT: Final = {
    **dict.fromkeys(
        _words("""
        noopsort SortNoop Sortnoop sortnoop noopSort NOOPSORT noop nosort hspace vspace hskip label index begin end
        phantom hphantom vphantom selectlanguage hyphenation pdfbookmark thispagestyle color
        """), 1),
    **dict.fromkeys(("fontsize", "setlength", "addtolength"), 2),
    **dict.fromkeys(
        _words("""
        protect relax xspace noindent allowbreak nobreak ignorespaces unskip null break sloppy rm rmfamily sf
        sffamily tt ttfamily mdseries upshape normalfont selectfont tiny scriptsize footnotesize small normalsize
        large Large LARGE huge Huge cyr rus eng latintext cyrillictext greektext raggedright centering nolinebreak
        nopagebreak pagebreak clearpage smallskip medskip bigskip bibnamedelima limits displaystyle textstyle
        """), 0),
}  # fmt: skip

# A command whose text is its last argument, and the number of arguments before that.
LAST_ARGUMENT: Final = {
    **dict.fromkeys(
        _words("""
        foreignlanguage textcolor colorbox href hyperref hyperlink hypertarget texorpdfstring foreignquote
        hyphenquote foreigntextquote otherlanguage raisebox scalebox rotatebox parbox textlang
        """), 1),
    **dict.fromkeys(("resizebox", "fcolorbox", "discretionary"), 2),
}  # fmt: skip


@cache
def sign_of(name: str) -> str | None:
    """Return the sign that a command without arguments stands for, or None where no table knows it."""
    if name in SIGNS:
        return SIGNS[name]
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415 - loads when used

    spec = get_default_latex_context_db().get_macro_spec(name)
    sign = getattr(spec, "simplify_repl", None)
    return sign if isinstance(sign, str) and sign and "%" not in sign else None


@cache
def dingbats() -> dict[str, str]:
    """Return the signs of pifont by number (pylatexenc has the table of the W3C)."""
    from pylatexenc.latexencode import _uni2latexmap_xml as table  # noqa: PLC0415 - loads when used

    found = ((re.fullmatch(r"\\ding\{(\d+)\}", tex), code) for code, tex in table.uni2latex.items())
    return {match[1]: chr(code) for match, code in found if match}
