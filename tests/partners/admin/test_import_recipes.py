"""Answers are kept as a recipe and said of the next file."""

import pytest
from django.urls import reverse

from partners.models import Recipe
from tests.partners.admin.sheets import csv, post, reply, send, told
from tests.staff import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lviv")]


@pytest.fixture
def importer(client):
    return sign_in(client, "importer")


def test_answers_are_kept_as_a_recipe_and_offered_for_the_same_columns(importer):
    def bring(*row):
        return send(importer, csv(row, head=["Miasto", "Tytuł"]))

    record, page = bring("Lwów", "Umowa o parkach")
    assert (page.context["keep_form"], page.context["recipe_form"]) == (None, None)
    reply(importer, record, {"constant:kind": "partnership", "constant:signed_on": "not-recorded"})
    assert post(importer, "keep", record, name="").status_code == 400
    page = post(importer, "keep", record, name="Gminy")
    assert "kept as the recipe “Gminy”" in told(page)[0]
    record, page = bring("Lwów", "Umowa o lasach")
    assert page.context["recipe_form"].fits
    assert post(importer, "recipe", record, recipe="0").status_code == 400
    for _time in range(2):
        page = post(importer, "recipe", record, recipe=str(Recipe.objects.get().pk))
        assert (page.context["report_view"].writes, len(page.context["report_view"].answers)) == (1, 2)
    recipe, page_of_recipe = Recipe.objects.get(), "admin:partners_recipe_{}".format
    html = importer.get(reverse(page_of_recipe("change"), args=[recipe.pk])).content.decode()
    assert recipe.decisions["asked"]["constant:signed_on"]["answer"]["pl"] in html
    importer.post(reverse(page_of_recipe("delete"), args=[recipe.pk]), {"post": "yes"})
    assert not Recipe.objects.exists()
