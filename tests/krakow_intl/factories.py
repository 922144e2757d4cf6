"""Pages about the register, made up."""

from krakow_intl.models import Page
from tests.programme.factories import NamedFactory


class PageFactory(NamedFactory):
    class Meta:
        model = Page

    slug = "about"
    name_pl, name_en = "O rejestrze", "About the register"
    lead_pl, lead_en = "Co tu jest.", "What is here."
    body_pl, body_en = "<p>Treść</p>", "<p>Text</p>"
