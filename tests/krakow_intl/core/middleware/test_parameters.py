from django.http import HttpResponse

from krakow_intl.core.middleware.parameters import QueryParametersMiddleware, reads
from partners.filters import CityFilter


def query_of(rf, address):
    request = rf.get(address)
    QueryParametersMiddleware(lambda request: HttpResponse())(request)
    assert request.GET.urlencode() == request.META["QUERY_STRING"]
    return request.META["QUERY_STRING"]


def test_a_view_says_what_it_reads():
    view = reads("page", filters=CityFilter)(lambda request: None)
    assert view.parameters == {"on", "page", "q", "country", "relation", "basis", "theme", "nothing_since", "sort"}


def test_only_what_the_page_reads_is_left_of_a_query_in_one_order(rf):
    assert query_of(rf, "/en/search/?utm=1&q=b&on=2006-04-30&in=&Q=x") == "on=2006-04-30&q=b"
    assert query_of(rf, "/pl/porownanie/?city=b&miasto=a&city=a") in ("", "city=b&city=a&miasto=a")
    assert query_of(rf, "/en/compare/?city=b&miasto=a&city=a") == "city=b&city=a&miasto=a"
    assert query_of(rf, "/en/about/?page=2&on=2006-01-01") == "on=2006-01-01"
    assert query_of(rf, "/en/no-such-page/?page=2") == ""


def test_no_control_character_is_read(rf):
    assert query_of(rf, "/en/search/?q=a%00b%08") == "q=ab"
    assert query_of(rf, "/en/admin/?x%00=a%1fb&x=") == "x=ab&x="


def test_the_admin_reads_what_it_likes(rf):
    assert query_of(rf, "/en/admin/partners/agreement/?o=-1&kind__exact=twinning") == "o=-1&kind__exact=twinning"
