import pytest
from django.conf import settings
from django.http import HttpResponse
from django.utils.module_loading import import_string

from krakow_intl.core.sessions import SessionStore

OURS = [import_string(path) for path in settings.MIDDLEWARE if path.startswith("krakow_intl.")]


@pytest.mark.django_db
@pytest.mark.parametrize("middleware", OURS)
def test_each_is_named_so_and_hands_on_what_it_does_not_answer(rf, middleware):
    assert middleware.__name__.endswith("Middleware")
    request = rf.post("/en/admin/")
    request.session = SessionStore()
    assert middleware(lambda request: HttpResponse("answer"))(request).content == b"answer"
