"""Fields of forms are drawn by Jinja2 from Django's own templates: a form of the staff has some hundred of them."""

from django.forms.renderers import DjangoTemplates, Jinja2
from django.utils.functional import cached_property

DRAWN_BY_BOTH = "django/forms/"  # Django brings these for either engine, those of its admin for its own alone


class FormRenderer(DjangoTemplates):
    """The renderer of all forms (`FORM_RENDERER`)."""

    @cached_property
    def of_jinja(self):
        return Jinja2()

    def get_template(self, template_name):
        renderer = self.of_jinja if template_name.startswith(DRAWN_BY_BOTH) else super()
        return renderer.get_template(template_name)
