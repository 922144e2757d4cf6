"""Forms read the same whichever engine draws them."""

import re

import pytest
from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.forms.renderers import DjangoTemplates, get_default_renderer

from krakow_intl.core.form_rendering import FormRenderer

# what stands between two tags and is not seen: the spaces and the line of "<p>\n  <b>"
BETWEEN_TAGS = re.compile(r"\s+(?=<)|(?<=>)\s+")


class Everything(forms.Form):
    words = forms.CharField(help_text="„Słowa”", max_length=5)
    text = forms.CharField(widget=forms.Textarea, required=False)
    number = forms.IntegerField(min_value=1000)
    day = forms.DateField(widget=AdminDateWidget)
    choice = forms.ChoiceField(choices=[("", "–"), ("Groups", [(1234, "<one>"), (2, "two & three")])])
    several = forms.MultipleChoiceField(choices=[(1, "one"), (2, "two")], widget=forms.CheckboxSelectMultiple)
    one = forms.ChoiceField(choices=[(1, "one"), (2, "two")], widget=forms.RadioSelect, disabled=True)
    file = forms.FileField(widget=forms.ClearableFileInput)
    ticked = forms.BooleanField(required=False)
    moment = forms.SplitDateTimeField()
    kept = forms.CharField(widget=forms.HiddenInput)


def bare(html):
    """A form without what is not seen; the engines write the two quotation marks by other numbers."""
    return BETWEEN_TAGS.sub("", html).replace("&#34;", "&quot;").replace("&#39;", "&#x27;")


FILLED_IN = {"words": "<b>'\"&", "number": "1234567", "choice": "1234", "several": ["2"], "ticked": "on", "day": "x"}


@pytest.mark.parametrize("data", [None, FILLED_IN], ids=["empty", "with errors"])
@pytest.mark.parametrize("shape", ["as_div", "as_p", "as_table", "as_ul"])
def test_a_form_reads_as_django_templates_draw_it(settings, data, shape):
    settings.USE_THOUSAND_SEPARATOR = True
    ours, djangos = (
        bare(getattr(Everything(data, renderer=renderer), shape)()) for renderer in (FormRenderer(), DjangoTemplates())
    )
    assert ours == djangos
    assert "12345" in ours or not data


def test_it_is_the_renderer_of_all_forms_and_draws_those_of_the_admin_too():
    assert isinstance(get_default_renderer(), FormRenderer)
    assert "vDateField" in Everything().as_div()
