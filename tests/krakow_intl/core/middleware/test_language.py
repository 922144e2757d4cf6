import pytest
from django.http import HttpResponse
from django.utils.translation import get_language

from krakow_intl.core.middleware.language import LanguageMiddleware, language_of, preferred_language


def answer(request):
    return HttpResponse(get_language())


@pytest.mark.parametrize(("path", "language"), [("/pl/x/", "pl"), ("/en/", "en"), ("/en", "en")])
@pytest.mark.parametrize("wanted", ["", "pl", "en"])
def test_the_path_alone_tells_the_language(rf, path, language, wanted):
    request = rf.get(path, headers={"accept-language": wanted}, HTTP_COOKIE="django_language=en")
    response = LanguageMiddleware(answer)(request)
    assert response.content.decode() == language
    assert (request.LANGUAGE_CODE, response["Content-Language"]) == (language, language)
    assert "Vary" not in response


def test_the_language_of_one_request_is_not_that_of_the_next(rf):
    before = get_language()
    LanguageMiddleware(answer)(rf.get("/en/"))
    assert get_language() == before


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("", "pl"),
        ("*", "pl"),
        ("en", "en"),
        ("pl,en;q=0.8", "pl"),
        ("en;q=0.5,pl;q=0.9", "pl"),
        ("en-GB,en;q=0.9", "en"),
        ("de,pl;q=0.5", "pl"),
        ("de", "en"),
        ("pl-PL", "pl"),
        ("x" * 5000, "pl"),
        ("';--,\x00", "pl"),
    ],
)
def test_the_browser_is_asked_where_the_path_tells_nothing(rf, wanted, language):
    request = rf.get("/", headers={"accept-language": wanted})
    assert preferred_language(request) == language_of(request) == language


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
@pytest.mark.parametrize("asked", [{"headers": {"accept-language": "en"}}, {"HTTP_COOKIE": "django_language=en"}])
def test_what_has_no_language_is_the_same_for_everybody(client, path, asked):
    response = client.get(path, **asked)
    assert response.content == client.get(path).content
    assert "Accept-Language" not in response.get("Vary", "")


@pytest.mark.parametrize("path", ["/umowy/", "/agreements/"])
@pytest.mark.parametrize("wanted", ["pl", "en"])
def test_a_path_without_its_language_leads_nowhere(client, path, wanted):
    assert client.get(path, headers={"accept-language": wanted}).status_code == 404
