"""The pages about the register itself as a list that goes out and comes back."""

from krakow_intl.imports.nouns import Noun, enter
from krakow_intl.models import Page

enter(Noun(name="pages", model=Page, columns=("slug", "name", "lead", "body", "publication")))
