"""Is a page with a good status the page that was asked for? Pure: phrases, and how a page must look to mean them.

An article *about* 404s, a short page or a changelog ("has been removed") must never be caught, so a phrase counts only
where an error page puts it: as the whole title or heading (beside the name of the site), or as a full sentence of a
page that has little else to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from tajikpeace_refs.links.page import Page
from tajikpeace_refs.links.verdict import Hop, Reason

_SAYS_LITTLE = 120
"""Words of running text (links and menus aside) up to which a page may be an error page by its title or heading."""
_SAYS_NEARLY_NOTHING = 70
"""Words up to which one sentence inside the text is enough."""

# A title or heading that says nothing but "not found". Each line is a language.
_TITLES = r"""
(?:(?:http |status |code |error |erreur |fehler |errore |erro |błąd |hata |ошибка |помилка |хатои |хато |xato |қате |错误 |エラー )*
   40[4]|410)(?: error| fehler| erreur| not found| page not found| gone| ошибка)*
(?:error )?(?:page|file|document|article|resource|object|content|url)(?: was| is)? not (?:be )?found(?: error)?
not found|(?:the |that |this |your )?(?:requested )?(?:page|file|document|article|resource|url)(?: you (?:requested|were looking for|are looking for))?
   (?: can ?not| can[’']?t| could not| couldn[’']?t)(?: be)? found
(?:the )?(?:page|file|document|article)(?: you requested)? (?:does not exist|doesn[’']?t exist|no longer exists|is no longer available|has been removed|is missing)
(?:we )?(?:can[’']?t|couldn[’']?t|could not|cannot) find (?:that|the|this|your) page(?: you[’' ]?(?:re|are|were) looking for)?|page (?:missing|unavailable|removed|gone)
(?:запрашиваемая |запрошенная |такая )?(?:страница|статья|публикация)(?: не найдена| не существует| удалена| отсутствует| не обнаружена)
(?:запрашиваемый |запрошенный )?(?:документ|файл|материал|объект|раздел) (?:не найден|не существует|удал[её]н)|(?:нет такой страницы|ничего не найдено по этому адресу)
(?:ин |чунин )?(?:саҳифа|саҳифаи (?:дархостшуда|дархостшудаи шумо)|мақола|мавод|файл)(?: бо ин суроға)? (?:ёфт нашуд(?:ааст)?|вуҷуд надорад|нест шудааст|дастрас нест|пайдо нашуд)
саҳифа нест|сторінку не знайдено|сторінка не (?:знайдена|існує)|старонка не знойдзена|бет табылмады|баракча табылган жок|sahifa topilmadi|саҳифа топилмади|страницата не е намерена|страница није пронађена
(?:die )?(?:angeforderte )?(?:seite|datei|dokument)(?: wurde| konnte)? (?:nicht gefunden(?: werden)?|existiert nicht(?: mehr)?|nicht vorhanden|nicht verfügbar)
(?:la )?page (?:demandée )?(?:est |n[’']a pas été |non |n[’']a pu être )?(?:introuvable|trouvée|non trouvée|n[’']existe pas|n[’']existe plus)|page (?:introuvable|non trouvée)
(?:la )?página (?:solicitada )?(?:no (?:se ha )?encontrada|no encontrada|no existe|no disponible|no se encuentra|no se encontró)
(?:a )?página (?:não (?:foi )?encontrada|não existe|inexistente)|(?:la )?pagina (?:non (?:è stata )?trovata|inesistente|non esiste)|pagina (?:niet gevonden|bestaat niet)|pagina nu a fost găsită
nie znaleziono(?: strony)?|strona nie (?:została znaleziona|istnieje)|stránka (?:nenalezena|nebyla nalezena|neexistuje)|stránka sa nenašla|az oldal nem található|stranica nije pronađena
sidan (?:hittades inte|kunde inte hittas|finns inte)|siden (?:blev ikke fundet|ble ikke funnet|finnes ikke|findes ikke)|sivua ei löydy|sayfa bulunamadı|aradığınız sayfa bulunamadı|səhifə tapılmadı
halaman tidak ditemukan|không tìm thấy trang|trang không tồn tại|ไม่พบหน้า(?:ที่ต้องการ)?
(?:您访问的|你访问的|抱歉[,，]?您访问的|对不起[,，]?)?(?:页面|頁面|网页|網頁|文章|该页面)(?:没有找到|未找到|不存在|找不到|无法找到|已删除|不見了)|找不到(?:页面|頁面|网页|網頁|该页面)|未找到(?:页面|頁面)
(?:お探しの|指定された)?ページ(?:が|は)?(?:見つかりません(?:でした)?|存在しません)|(?:요청하신 )?페이지를 찾을 수 없습니다|존재하지 않는 페이지입니다
صفحه (?:مورد نظر )?(?:یافت نشد|پیدا نشد|وجود ندارد)|الصفحة (?:غير موجودة|المطلوبة غير موجودة)|لم يتم العثور على الصفحة|הדף לא נמצא|पृष्ठ नहीं मिला|η σελίδα δεν βρέθηκε
"""

# A full sentence about this very page, inside a text. It names the page and says that it is not there.
_SENTENCES = r"""
(?:the|this|that) (?:(?:requested )?(?:page|url|file|document|resource|article|address|content|item)(?: (?:that |which )?you[^.!?]{1,60}?)?|requested (?:page|url|file|document|resource|address) [^!?]{1,80}?)
   ,?(?: was not found| wasn[’']?t found| is not found| not found| could not be found| couldn[’']?t be found| cannot be found| can[’']?t be found| does not exist| doesn[’']?t exist| no longer exists| is no longer available)
(?:this page|the requested page|the (?:page|file|document|article|content|item) (?:that |which )?you[^.!?]{1,60}?) (?:(?:has|may have|might have) been (?:moved|removed|deleted)|is not available|is unavailable)(?=[.!,]|$| or| and it)
(?:we|i)(?:[’']re| are)? ?(?:sorry,? )?(?:but )?(?:we )?(?:can[’']?t|cannot|could not|couldn[’']?t|were unable to|are unable to) find (?:the|that) page
(?:запрашиваем|запрошенн|указанн|искомой|данн)\w* (?:вами )?(?:страниц|документ|файл|адрес|материал)\w* [^.!?]{0,40}?(?:не найден|не существу|удал[её]н|отсутству|не обнаруж)
страниц[аы],? котор\w+ вы (?:ищете|запрашиваете|запросили|искали)[^.!?]{0,60}?(?:не найден|не существу|удален|отсутству|нет)
(?:такой|этой) страницы (?:больше )?(?:не существует|нет)|саҳифа\w* (?:дархост\w*|ҷустуҷӯ\w*|мазкур)[^.!?]{0,40}?(?:ёфт нашуд|вуҷуд надорад|пайдо нашуд|нест)
(?:die|diese) (?:angeforderte|gesuchte|von ihnen gesuchte|aufgerufene|gewünschte)? ?(?:seite|datei|url)[^.!?]{0,60}?(?:nicht gefunden|existiert nicht|nicht mehr verfügbar|nicht vorhanden)
la page (?:que vous (?:cherchez|recherchez|demandez|avez demandée)|demandée|recherchée)[^.!?]{0,60}?(?:n[’']existe|introuvable|pas été trouvée|n[’']est plus disponible)
la página (?:que (?:busca|buscas|está buscando|estás buscando|ha solicitado)|solicitada)[^.!?]{0,60}?(?:no existe|no se (?:encuentra|encontró|ha encontrado)|no está disponible|no fue encontrada)
a página (?:que (?:você )?(?:procura|está procurando|solicitou)|solicitada)[^.!?]{0,60}?não (?:existe|foi encontrada)|la pagina (?:richiesta|che stai cercando|cercata)[^.!?]{0,60}?non (?:esiste|è stata trovata|è disponibile)
(?:您|你)(?:所)?(?:访问|请求|查找|要找|要访问|浏览)的(?:页面|网页|文件|内容)[^。！？]{0,20}?(?:不存在|找不到|没有找到|未找到|已(?:被)?删除)|お探しのページ[^。]{0,30}?(?:見つかりません|存在しません|削除された)
aradığınız sayfa [^.!?]{0,40}?(?:bulunamadı|mevcut değil)|strona,? której szukasz[^.!?]{0,40}?nie (?:istnieje|została znaleziona)
"""

_PARKED = r"""
(?:this |the )?(?:domain(?: name)?|website|[\w-]+(?:\.[\w-]+)+),? (?:\S+ )?(?:is|may be|might be|could be) (?:now |also )?(?:available )?for sale
buy this domain|(?:this|the) domain (?:name )?(?:is|has been) (?:parked|registered at|recently registered)|domain (?:is )?parked|parked (?:domain|free,? courtesy of)|domain parking
(?:this|the) domain (?:name )?(?:\S+ )?(?:has )?expired|make an offer on this domain|interested in (?:buying )?this domain|inquire about this domain|related searches:? .{0,200}privacy policy
домен(?: \S+)? (?:продается|продаётся|припаркован|выставлен на продажу)|(?:купить|продажа) (?:этот |этого )?домена?|срок (?:регистрации|действия) домена (?:\S+ )?(?:истек|истёк)
(?:diese|die) domain (?:\S+ )?(?:steht zum verkauf|ist zu verkaufen|kaufen)|ce (?:nom de )?domaine est (?:à vendre|expiré)|(?:este )?dominio (?:\S+ )?(?:está )?(?:en venta|aparcado)|(?:该|此)?域名(?:正在)?出售
"""


def _alternatives(table: str) -> str:
    joined = re.sub(r"\n +", "", table.strip())
    return "|".join(f"(?:{line})" for line in joined.split("\n"))


_TITLE = re.compile(_alternatives(_TITLES), re.IGNORECASE)
_SENTENCE = re.compile(_alternatives(_SENTENCES), re.IGNORECASE)
_FOR_SALE = re.compile(_alternatives(_PARKED), re.IGNORECASE)
_APOLOGY = re.compile(
    r"^(?:oops|ooops|whoops|uh[ -]?oh|sorry|we[’']?re sorry|извините|к сожалению|упс|мебахшед|бубахшед|узр|entschuldigung|"
    r"désolé|lo sentimos|ops|spiacenti|抱歉|对不起)\W*(?:but |но )?",
    re.IGNORECASE,
)
# A title that explains, and a text that does: what is about not-found pages is none.
_ABOUT = re.compile(
    r"\b(?:what|how|why|when|guide|explain|mean(?:s|ing)|understand|fix|design|histor|example|tutorial|troubleshoot|"
    r"cause|handl|custom|tips|wikip|wiktion|encyclop|dictionar|defin|что|как|почему|зачем|википед|словар|"
    r"чӣ|чаро|wie|warum|comment|pourquoi|qué|cómo)",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(
    r"\b(?:means that|status codes?|error codes?|response codes?|is (?:shown|returned|displayed|sent)|servers? (?:returns?|sends?|"
    r"responds?)|webmasters?|означает|код(?:ы)? (?:ответа|состояния|ошибки)|bedeutet|signifie|significa)\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+[|\-–—·•»«/]+\s+|\s*(?:\||::|»|«|›|•)\s*|[:.!?]\s+|\s+-\s*|，|。")
_ERROR_PATH = re.compile(
    r"(?:^|/)(?:40[4]|error[-_]?40[4]|40[4][-_]?(?:error|page)?|errors?/40[4]|(?:page|file)?[-_]?not[-_]?found|"
    r"errors?|error[-_]?page|(?:generic|custom)?[-_]?error|pagenotfound|page[-_]?missing|notfound40[4])(?:\.\w{2,5})?/?$",
    re.IGNORECASE,
)
_ERROR_QUERY = frozenset({"aspxerrorpath", "404", "notfound", "404;"})
_LOGIN_PATH = re.compile(
    r"(?:^|/)(?:log[-_]?in|sign[-_]?in|logon|auth|authenticate|sso|cas/login|account/login|users?/sign_in|wp-login|"
    r"shibboleth\S*|saml2?|openathens|ezproxy)(?:\.\w{2,5})?(?:/|$)",
    re.IGNORECASE,
)
_LANGUAGES = "ar|az|bg|cs|da|de|el|en|es|fa|fi|fr|he|hi|hu|hy|ja|ka|kk|ko|ky|nl|pl|pt|ro|ru|sk|sr|sv|tg|tj|tk|tr|uk|uz|zh"
_HOME = re.compile(
    rf"/?(?:(?:index|default|home|main|welcome)(?:\.\w{{2,5}})?|(?:{_LANGUAGES})(?:[-_][a-z]{{2}})?)?/?", re.IGNORECASE
)
# Parameters that name no content: what a site may drop on the way to the same page.
_IDLE = re.compile(r"utm_\w+|fbclid|gclid|yclid|lang|language|locale|hl|ref|source|sid|session\w*|phpsessid|from|theme", re.IGNORECASE)


def judge(url: str, final_url: str, hops: Sequence[Hop], page: Page | None) -> Reason | None:
    """Return why the page that was got is not the page of ``url``, or None where it may well be.

    ``login-page`` is returned as well: no soft 404, but worth telling.
    """
    if hops:
        landing = _landing(url, final_url)
        if landing is not None:
            return landing
    if page is None:
        return None
    count = _count(page.prose)
    if _is_parked(page, count):
        return Reason.PARKED
    if _is_error_page(page, count, urlsplit(url).hostname or ""):
        return Reason.ERROR_PAGE
    return None


def _landing(url: str, final_url: str) -> Reason | None:
    """Judge where redirects have led, by the addresses alone."""
    asked, got = urlsplit(url), urlsplit(final_url)
    if (asked.path, asked.query) == (got.path, got.query):
        return None
    keys = {key.lower() for key, _ in parse_qsl(got.query, keep_blank_values=True)}
    if _ERROR_PATH.search(got.path) and not _ERROR_PATH.search(asked.path):
        return Reason.ERROR_REDIRECT
    if keys & _ERROR_QUERY or ("error", "404") in parse_qsl(got.query):
        return Reason.ERROR_REDIRECT
    if _is_home(got.path, got.query) and not got.fragment.strip("#/!") and not _is_home(asked.path, asked.query):
        return Reason.HOME_PAGE if _same_site(asked.hostname, got.hostname) or _is_deep(asked.path, asked.query) else None
    if _LOGIN_PATH.search(got.path) and not _LOGIN_PATH.search(asked.path):
        return Reason.LOGIN_PAGE
    return None


def _is_home(path: str, query: str) -> bool:
    return bool(_HOME.fullmatch(path)) and all(_IDLE.fullmatch(key) for key, _ in parse_qsl(query, keep_blank_values=True))


def _is_deep(path: str, query: str) -> bool:
    """Return whether an address is deep enough that another site's home page cannot be what it stood for.

    Short ones may be vanity addresses or personal home pages (``/~smith/``), which do move to a root.
    """
    if "~" in path:
        return False
    return len([part for part in path.split("/") if part]) > 1 or bool(query) or "." in path.rpartition("/")[2]


def _same_site(one: str | None, other: str | None) -> bool:
    first, second = (re.sub(r"^(?:www\d?|m)\.", "", host or "") for host in (one, other))
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def _count(text: str) -> int:
    """Count the words; of scripts that do not space them, two letters make one."""
    unspaced = len(re.findall(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]", text))
    return len(text.split()) + unspaced // 2


def _is_parked(page: Page, count: int) -> bool:
    if count > _SAYS_LITTLE or _is_about(page.title):
        return False
    places = [page.title, *page.headings] if count > _SAYS_NEARLY_NOTHING else [page.title, *page.headings, page.text]
    return any(_FOR_SALE.search(place) for place in places)


def _is_error_page(page: Page, count: int, host: str) -> bool:
    if count > _SAYS_LITTLE or _is_about(page.title):
        return False
    site = _letters(host.removeprefix("www.").rpartition(".")[0])
    if any(_is_error_title(text, site) for text in (page.title, *page.headings)):
        return True
    if count > _SAYS_NEARLY_NOTHING or _EXPLAINS.search(page.prose):
        return False
    return _whole(page.text) or bool(_SENTENCE.search(page.prose))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def _whole(text: str) -> bool:
    """Return whether the text is a not-found phrase and nothing else."""
    bare = re.sub(r"[\s\"'“”«»()\[\].,!:;…_*~-]+$|^[\s\"'“”«»()\[\].,!:;…_*~-]+", "", _APOLOGY.sub("", text.strip()))
    return bool(bare) and bool(_TITLE.fullmatch(re.sub(r"[\s\-–—:,.!]+", " ", bare)))


def _parts(title: str) -> list[str]:
    return [part for part in _SEPARATOR.split(title) if part.strip(" .!?")]


def _is_about(title: str) -> bool:
    """Return whether what a title says beside "not found" explains something."""
    return any(_ABOUT.search(part) for part in _parts(title) if not _whole(part))


def _is_error_title(text: str, site: str) -> bool:
    """Return whether a title says "not found" and, beside it, at most the name of a site or an apology."""
    if _whole(text):
        return True
    parts = _parts(text)
    phrases = [part for part in parts if _whole(part)]
    others = [part for part in parts if not _whole(part) and _APOLOGY.sub("", part).strip(" .!?")]
    if not phrases or len(others) > 1 or _is_about(text):
        return False
    # Beside a bare number, only a name that the address bears out can be the site: "Peugeot - 404" is a car.
    if all(re.fullmatch(r"\W*\d+\W*", phrase) for phrase in phrases):
        return all(site and (_letters(other) in site or site in _letters(other)) for other in others)
    return all(len(other.split()) <= 5 for other in others)
