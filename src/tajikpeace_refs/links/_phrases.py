"""How pages say that they are not there: the words, by language, as data for ``soft404``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_GAP = "[^.!?。！？]{0,60}?"
_END = r"(?=\s*(?:[.!,;:)]|$)| (?:on|at|here|or|and|because|any ?more)\b)"


def _or(*patterns: str) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


class _Language(NamedTuple):
    """What a page is called in a title; how a sentence names the page asked for; "is not there"."""

    noun: str
    asked: str
    absent: str


_LANGUAGES = (
    _Language(  # English
        "(?:the |that |this |your )?(?:requested )?(?:web ?)?(?:page|file|document|article|resource|url|object|content"
        "|item|record|story|post|entry|paper|publication|product|video|doi|link)"
        "(?: (?:that |which )?you[^.!?]{1,50}?)?",
        _or(
            "(?:the|this|that) (?:requested )?(?:page|url|file|document|article|resource|content|item)"
            "(?: (?:that |which )?you[^.!?]{1,60}?)?,?",
            "the requested (?:page|url|file|document|address) [^!?]{1,80}?",
        ),
        _or(
            "(?:(?:was|is|were|has) )?not (?:be |been )?found",
            "wasn[’']?t found",
            "(?:can ?not|can[’']?t|could not|couldn[’']?t) be found",
            "(?:does not|doesn[’']?t) exist",
            "no longer exists|(?:is )?no longer available",
        ),
    ),
    _Language(  # English, where the words may also be about something else: only of "this page" or the one asked for
        "(?:this|the requested|that) (?:page|file|document|article|content|video|post)",
        "(?:this page|the requested page|the (?:page|file|document|article|content) (?:that |which )?you[^.!?]{1,60}?)",
        "(?:(?:has|may have|might have) been (?:moved|removed|deleted)|is (?:unavailable|missing)"
        "|(?:is not|isn[’']?t) available(?: right now)?)(?=[.!,]|$| or| and it)",
    ),
    _Language(  # Russian
        "(?:запрашиваем..|запрошенн..|такая|такой)? ?(?:страниц[аы]|статья|публикация|документ|файл|материал|раздел)",
        _or(
            r"(?:запрашиваем|запрошенн|указанн|искомой)\w* (?:вами )?(?:страниц|документ|файл|адрес|материал)\w*",
            r"страниц[аы],? котор\w+ вы (?:ищете|запрашиваете|запросили|искали)",
            "(?:такой|этой) страницы",
        ),
        r"(?:больше )?(?:не найден\w?|не существует|удал[её]н\w?|отсутствует|не обнаружен\w?|нет)(?: или \w{1,20})?",
    ),
    _Language(  # Tajik
        r"(?:ин |чунин )?(?:саҳифа|мақола|мавод|файл|саҳифаи дархост\w*)(?: шумо)?(?: бо ин суроға)?",
        r"саҳифа\w* (?:дархост\w*|ҷустуҷӯ\w*|мазкур)",
        "(?:ёфт|пайдо) нашуд(?:ааст)?|вуҷуд надорад|нест(?: шудааст)?|дастрас нест",
    ),
    _Language("сторінк[ау]", r"сторінк\w+,? як\w+ ви шукаєте", "не знайден[оа]|не існує"),  # Ukrainian
    _Language(  # Belarusian, Kazakh, Kyrgyz, Uzbek, Bulgarian, Serbian
        "старонка|бет|баракча|саҳифа|sahifa|страницата|страница",
        "",
        "не знойдзена|табылмады|табылган жок|топилмади|topilmadi|не е намерена|није пронађена",
    ),
    _Language(  # Turkish, Azerbaijani, Indonesian, Vietnamese, Hungarian, Croatian
        "(?:aradığınız )?sayfa|səhifə|halaman|trang|az oldal|stranica",
        "aradığınız sayfa",
        "bulunamadı|mevcut değil|tapılmadı|tidak ditemukan|không tồn tại|nem található|nije pronađena",
    ),
    _Language(  # German
        "(?:die |diese )?(?:angeforderte |gesuchte )?(?:seite|datei|url)",
        "(?:die|diese) (?:angeforderte|gesuchte|von ihnen gesuchte|aufgerufene|gewünschte) (?:seite|datei|url)",
        "(?:wurde |konnte )?(?:leider )?"
        "(?:nicht gefunden(?: werden)?|existiert nicht(?: mehr)?|nicht (?:mehr )?(?:vorhanden|verfügbar))",
    ),
    _Language(  # French
        "(?:la |cette )?page(?: demandée)?",
        "la page (?:que vous (?:cherchez|recherchez|demandez|avez demandée)|demandée|recherchée)",
        _or(
            "(?:est )?introuvable|non trouvée|n[’']existe (?:pas|plus)",
            "n[’']a (?:pas été|pu être) trouvée|n[’']est plus disponible",
        ),
    ),
    _Language(  # Spanish
        r"(?:la )?página(?: solicitada| que bus\w+)?",
        "la página (?:que (?:busca|buscas|está buscando|estás buscando|ha solicitado)|solicitada)",
        "no (?:fue |ha sido )?encontrada|no existe|no (?:está )?disponible|no se (?:encuentra|encontró|ha encontrado)",
    ),
    _Language(  # Portuguese
        "(?:a )?página(?: solicitada)?",
        "a página (?:que (?:você )?(?:procura|está procurando|solicitou)|solicitada)",
        "não (?:foi )?encontrada|não existe|inexistente",
    ),
    _Language(  # Italian, Dutch, Romanian
        "(?:la |de )?pagina(?: richiesta)?",
        "la pagina (?:richiesta|che stai cercando|cercata)",
        "non (?:è stata )?trovata|non esiste|inesistente|non è disponibile|niet gevonden|bestaat niet|nu a fost găsită",
    ),
    _Language(  # Polish, Czech, Slovak
        "strona|stránka",
        "strona,? której szukasz",
        "nie (?:została znaleziona|istnieje)|nenalezena|nebyla nalezena|neexistuje|sa nenašla",
    ),
    _Language(  # Swedish, Danish, Norwegian, Finnish
        "sidan|siden|sivua",
        "",
        "(?:hittades|finns) inte|kunde inte hittas|bl(?:ev|e) ikke fun(?:d|n)et|finnes ikke|ei löydy",
    ),
    _Language(  # Chinese
        "(?:[您你]所?(?:访问|请求|查找|浏览)的)?该?(?:页面|頁面|网页|網頁|文章|文件)",
        "[您你]所?(?:访问|请求|查找|要找|要访问|浏览)的(?:页面|网页|文件|内容)",
        "(?:没有|無法|无法|未)找到|找不到|不存在|已被?删除|不見了",
    ),
    _Language(  # Japanese
        "(?:お探しの|指定された)?ページ[がは]?", "お探しのページ", "見つかりません(?:でした)?|存在しません|削除された"
    ),
    _Language("(?:요청하신 )?페이지를?", "요청하신 페이지", "찾을 수 없습니다|존재하지 않습니다"),  # Korean
    _Language(  # Persian, Arabic
        "صفحه(?: مورد نظر)?|الصفحة(?: المطلوبة)?", "صفحه مورد نظر", "یافت نشد|پیدا نشد|وجود ندارد|غير موجودة"
    ),
    _Language("הדף|पृष्ठ|η σελίδα", "", "לא נמצא|नहीं मिला|δεν βρέθηκε"),  # Hebrew, Hindi, Greek
)
_CODES = "http|status|code|error|erreur|fehler|errore|erro|błąd|hata|ошибка|помилка|хатои|хато|xato|қате|错误|エラー"
_TITLES = (
    "not found|nothing found for .{1,60}|file or directory not found",
    "(?:page|file) (?:missing|unavailable|removed|gone)",
    "(?:we )?(?:can[’']?t|couldn[’']?t|could not|cannot) find (?:that|the|this|your) page(?: you[^.!?]{1,40})?",
    "нет такой страницы|саҳифа нест|nie znaleziono(?: strony)?|không tìm thấy trang|ไม่พบหน้า(?:ที่ต้องการ)?",
    "(?:找不到|未找到)该?(?:页面|頁面|网页|網頁)|لم يتم العثور على الصفحة",
)
_SENTENCES = (
    "nothing was found at this (?:location|address)",
    "(?:can[’']?t|cannot|could not|couldn[’']?t|(?:were|are) unable to) find (?:the|that) page",
)
_NAME = r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
_FOR_SALE = (
    rf"(?:domain(?: name)?|{_NAME}),? (?:\S{{1,63}} )?(?:is|may be|might be) (?:now |also |available )*for sale",
    "(?:buy|get) this domain|domain is registered,? but|make an offer on this domain",
    "(?:interested in|inquire about) (?:buying )?this domain",
    r"(?:this|the) domain (?:name )?(?:\S{1,63} )?(?:is parked|has been (?:parked|registered)|(?:has )?expired)",
    r"welcome to nginx|apache2? (?:\w+ )?default page|iis windows server",
    "domain (?:name )?for sale|website (?:has )?expired",
    "parked (?:domain|free,? courtesy of)|domain (?:is )?parked|account (?:has been |is )?suspended",
    r"домен(?: \S{1,63})? (?:продается|продаётся|припаркован|выставлен на продажу)",
    r"(?:купить|продажа) (?:этот |этого )?домена?|срок (?:регистрации|действия) домена (?:\S{1,63} )?(?:истек|истёк)",
    r"domain (?:\S{1,63} )?(?:steht zum verkauf|zu verkaufen)|domaine est (?:à vendre|expiré)",
    r"dominio (?:\S{1,63} )?(?:está )?en venta|域名(?:正在)?出售",
)
_GUARDED = (
    "just a moment|attention required!?|checking your browser[^.]{0,40}|access (?:to this page (?:has been )?)?denied",
    "(?:please )?verify (?:that )?you are (?:a )?human|are you (?:a )?(?:human|robot)|security check(?: required)?",
    "ddos-guard|проверка браузера|captcha|human verification|bot verification|request unsuccessful",
)
_APOLOGIES = (
    "oo+ps|whoops|uh[ -]?oh|(?:we[’']?re )?sorry|извините|к сожалению|упс|мебахшед|бубахшед|узр|мутаассифона",
    "entschuldigung|désolé|lo sentimos|ops|spiacenti|抱歉|对不起|申し訳",
)
_ABOUT = (
    "what|how|why|when|guides?|explain(?:s|ed|ing)?|means?|meaning|understand(?:ing)?|fix(?:ing)?|history of",
    r"tutorial|troubleshooting|causes?|handling|tips|wikipedia|wiktionary|encyclop\w+|dictionary|definition|designs",
    "что|как|почему|зачем|википедия|словарь|чӣ|чаро|wie|warum|comment|pourquoi|qué|cómo",
)
_EXPLAINS = (
    "means that|(?:status|error|response) codes?|is (?:shown|returned|displayed|sent)|webmasters?",
    r"servers? (?:returns?|sends?|responds?)|change ?log|release notes|fix(?:ed|es)|bugs?|version \d",
    "означает|коды? (?:ответа|состояния|ошибки)|bedeutet|signifie|significa",
)


def _any(patterns: Iterable[str], around: str = "{}") -> re.Pattern[str]:
    return re.compile(around.format("(?:" + _or(*patterns) + ")"), re.IGNORECASE)


CODES = _any([_CODES, "404|410"], r"\b{}\b")
"""Words and numbers of error titles that alone say little."""
TITLE = _any([*_TITLES, *(rf"(?:{each.noun})\s?(?:{each.absent})" for each in _LANGUAGES)])
"""A title or heading that says nothing but "not found" (to be matched whole)."""
SENTENCE = _any(
    [
        *_SENTENCES,
        # English words are many and mean many things: there the two must stand side by side.
        *(
            f"(?:{each.asked}){' ' if place < 2 else _GAP}(?:{each.absent}){_END if place < 2 else ''}"
            for place, each in enumerate(_LANGUAGES)
            if each.asked
        ),
    ]
)
"""A sentence about this very page: it names the page that was asked for and says that it is not there."""
FOR_SALE = _any(_FOR_SALE)
"""What the holder of an unused name says."""
GUARDED = _any(_GUARDED)
"""The title of a page that stands between a robot and the page (to be matched whole)."""
APOLOGY = _any(_APOLOGIES, r"^{}\W*(?:but |но )?")
ABOUT = _any(_ABOUT, r"\b{}\b")
"""A title that explains: what is about not-found pages is none."""
EXPLAINS = _any(_EXPLAINS, r"\b{}\b")
"""A text that explains."""
