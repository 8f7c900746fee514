"""Not-found and parked pages in many words, and pages that only look like them: the pure judgement."""

from __future__ import annotations

import pytest

from tajikpeace_refs.links.page import Page, read_page
from tajikpeace_refs.links.soft404 import judge
from tajikpeace_refs.links.verdict import Reason, Redirect

URL = "http://library.example.org/a/b"
TALKS = "The talks began in Tehran in 1994 and went on in eight rounds until the agreement was signed in June 1997. "


def judged(title: str, text: str = "Home", heading: str = "") -> Reason | None:
    shown = f"<h1>{heading}</h1>" if heading else ""
    markup = f"<html><head><title>{title}</title></head><body>{shown}<p>{text}</p></body></html>"
    return judge(URL, URL, (), read_page(markup.encode(), "text/html; charset=utf-8"))


NOT_THERE = [
    "The page you requested cannot be found",
    "Sorry - Page Not Found - Jamestown",
    "HTTP Status 404 – Not Found",
    "404: This page could not be found",
    "Page Not Found :: Site",
    "Oops, This Page Could Not Be Found!",
    "Not found, error 404",
    "Nothing found for Xyz",
    "Content Not Found | BBC",
    "Ошибка 404. Страница не найдена",
    "404 Страница не найдена - Сайт",
    "Запрошенная страница не найдена",
    "Страница не найдена (404)",
    "Извините, такой страницы нет",
    "Материал не найден",
    "Error 404 - Not found",
    "Página no encontrada - Error 404",
    "Erreur 404 - Page non trouvée",
    "404 – Seite nicht gefunden",
    "Fehler 404: Die Seite wurde nicht gefunden",
    "您访问的页面不存在 - 404",
    "Саҳифаи дархостшуда ёфт нашуд",
    "Хатои 404: саҳифа ёфт нашуд",
    "Мутаассифона, саҳифа ёфт нашуд",
    "This page is no longer available",
    "Page no longer available",
    "We're sorry, but the page you were looking for doesn't exist.",
    "The page you were looking for doesn't exist (404)",
    "The page you're looking for can't be found",
    "Article not found",
    "DOI Not Found",
    "Record not found - Digital Archive",
    "example.com is for sale | HugeDomains",
    "Domain Name For Sale",
    "Account Suspended",
    "Welcome to nginx!",
    "404 Error",
    "404 - Page Not Found",
    "Error - 404",
    "404",
    "Page Not Found – The Example Journal of Peace Research",
    "Not Found - Example Library",
    "Page not found &#8211; Example",
    "Page not found &laquo; Blog",
    "File Not Found",
    "Object not found!",
    "404 Not Found | Кибер Ленинка",
    "Страница не существует",
    "Запрашиваемый документ не найден",
    "Страница удалена",
    "Публикация не найдена или удалена",
    "Page Introuvable",
    "La page demandée est introuvable",
    "La página que busca no existe",
    "Pagina non trovata – Errore 404",
    "页面未找到",
    "404 页面不存在",
    "找不到页面",
    "ページが見つかりません | 図書館",
    "Seite existiert nicht",
    "페이지를 찾을 수 없습니다",
    "صفحه مورد نظر یافت نشد",
    "This page isn't available",
    "We couldn't find that page",
    "Page Unavailable",
]
SENTENCES = [
    "Sorry, the page you were looking for could not be found.",
    "We are sorry, the page you requested cannot be found.",
    "The page you are looking for might have been removed, had its name changed, or is temporarily unavailable.",
    "The requested URL /a/b was not found on this server.",
    "К сожалению, страница, которую вы ищете, не найдена.",
    "Запрашиваемая Вами страница не найдена.",
    "Страница, которую вы запросили, не существует или была удалена.",
    "The document you requested could not be found on this server.",
    "We can't find the page you're looking for.",
    "The page you tried to access does not exist.",
    "Sorry, but the page you are looking for has not been found",
    "Die von Ihnen gesuchte Seite existiert nicht.",
    "La page que vous recherchez n'existe pas ou plus.",
    "La página solicitada no se ha encontrado.",
    "您要访问的页面不存在或已被删除。",
    "This article is no longer available.",
    "Файл не найден",
    "Error: File not found",
    "Page not found. Please use the search box.",
    "It looks like nothing was found at this location.",
    "This domain is parked free of charge.",
    "The domain name example.com is for sale!",
    "Саҳифаи дархосткардаи шумо вуҷуд надорад.",
]
LIVING = [
    ("Not Found: Missing persons of the war", TALKS, ""),
    ("Not Found: Missing persons", TALKS, ""),
    ("Page Not Found (album)", TALKS, "Page Not Found (album)"),
    ("Why do I get “page not found”?", TALKS, ""),
    ("File not found error in Windows: solutions", TALKS, ""),
    ("Apollo 404", TALKS, "Apollo 404"),
    ("Flight 404 | Aviation history", TALKS, ""),
    ("Bus 404", TALKS, "404"),
    ("Library", "The file was not found guilty.", ""),
    ("Court case", "The document was found not to exist.", ""),
    ("Catalogue", "No records found.", ""),
    ("A", "The page turned out to be missing from the manuscript.", ""),
    ("Manuscript", "The last page is missing.", ""),
    ("Law", "The article has been removed from the code.", ""),
    ("Law", "This article has been removed from the code by the reform of 1999.", ""),
    ("Domain theory", "The domain of a function.", ""),
    ("Cars", "A car is for sale.", ""),
    ("Prices", "The journal is available for sale.", ""),
    ("About", "This website is for members.", ""),
    ("Release 2.0", "The page that you see was rewritten. The API no longer exists.", ""),
    ("Notes", "The resource is no longer available in version 2.", ""),
    ("Gone", "A poem", "Gone"),
    ("Sorry", "A poem", "Sorry"),
    ("Error", "A theory of error", "Error"),
    ("Encyclopedia", TALKS * 5, "Page not found"),
    ("Page not found", TALKS * 8, ""),
]


@pytest.mark.parametrize("title", NOT_THERE)
def test_not_found_title_is_an_error_page(title):
    """Alone, or beside the name of a site."""
    assert judged(title) in {Reason.ERROR_PAGE, Reason.PARKED}


@pytest.mark.parametrize("heading", [title for title in NOT_THERE if title != "404"])
def test_not_found_heading_is_an_error_page(heading):
    """Under a title that names only the site; a bare number says too little."""
    assert judged("Example Library", heading=heading) in {Reason.ERROR_PAGE, Reason.PARKED}
    assert judged("Bus lines", TALKS, heading="404") is None


@pytest.mark.parametrize("sentence", SENTENCES)
def test_not_found_sentence_on_a_short_page_is_an_error_page(sentence):
    """On a page that has little else to say; among many words it means something else."""
    assert judged("Example Library", sentence) in {Reason.ERROR_PAGE, Reason.PARKED}
    assert judged("Example Library", f"{TALKS * 6} {sentence}") is None


@pytest.mark.parametrize(("title", "text", "heading"), LIVING)
def test_page_about_not_found_is_no_error_page(title, text, heading):
    """Articles about the matter, short pages, changelogs, names and numbers: a living page is never called dead."""
    assert judged(title, text, heading) is None


@pytest.mark.parametrize(
    ("asked", "got", "reason"),
    [
        ("/a/b.html", "/", "home-page"),
        ("/a/b.html", "/index.php", "home-page"),
        ("/a/b.html", "/en", "home-page"),
        ("/a/b.html", "/en/home.aspx?utm_source=x", "home-page"),
        ("/?p=12", "/", "home-page"),
        ("/a/b.html", "http://other.org/", "home-page"),
        ("/a/b.html", "http://www.library.example.org/", "home-page"),
        ("/a/b.html", "/404", "error-redirect"),
        ("/a/b.html", "/errors/404.aspx", "error-redirect"),
        ("/a/b.html", "/page-not-found/", "error-redirect"),
        ("/a/b.html", "/x.aspx?aspxerrorpath=/a/b.html", "error-redirect"),
        ("/a/b.html", "/users/sign_in", "login-page"),
        ("/a/b.html", "/c", None),
        ("/a/b.html", "/?article=5", None),
        ("/a/b.html", "/#/a/b", None),
        ("/a/b.html", "http://other.org/a/b.html", None),
        ("/", "/index.html", None),
        ("/", "/en/", None),
        ("/index.php?lang=ru", "/", None),
        ("/~smith/", "http://smith.example.org/", None),
        ("/smith", "http://other.org/", None),
        ("/blog/404", "/blog/404/", None),
        ("/a/b.html", "/ok", None),
        ("/a/b.html", "/no", None),
    ],
)
def test_redirect_is_judged_by_its_target(asked, got, reason):
    """A deep link thrown to the home page or to an error page is not the page; a move is."""
    base = "http://library.example.org"
    final = got if got.startswith("http") else base + got
    assert judge(base + asked, final, (Redirect(301, base + asked),), Page()) == reason
