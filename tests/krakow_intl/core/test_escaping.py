import pytest
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.escaping import escaped, html_of

pytestmark = pytest.mark.once
WORDS = ["a", "<b> & 'c' \"d\"", mark_safe("<b>"), _("City"), 7, None]


@pytest.mark.parametrize("words", WORDS, ids=str)
def test_it_escapes_as_django_does(words):
    made = html_of("<i>{}</i>", words)
    assert made == format_html("<i>{}</i>", words)
    assert hasattr(made, "__html__")
    assert escaped(words) in made
