"""Small templates of the public pages, for tests of what they may say."""

from django.template import engines
from django.utils.translation import override


def render(source, language="en", request=None, **context):
    with override(language):
        return engines["public pages"].from_string(source).render(context, request).strip()


def render_macro(file, call, language="en", request=None, **context):
    """What a component renders: `render_macro("components/forms.html", "search_form()")`."""
    imported = f'{{% from "{file}" import {call.partition("(")[0]} %}}'
    return render(f"{imported}{{{{ {call} }}}}", language, request, **context)


def render_around(content, file, call):
    """What a component renders around content."""
    imported = f'{{% from "{file}" import {call.partition("(")[0]} %}}'
    return render(f"{imported}{{% call {call} %}}{content}{{% endcall %}}")
