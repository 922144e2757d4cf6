"""What every request passes: control characters, which no page needs and no database may store, are taken out."""

import re

from django.http import HttpResponseNotFound

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def refuse_control_characters(get_response):
    def middleware(request):
        if CONTROL_CHARACTERS.search(request.path_info):
            return HttpResponseNotFound()
        request.GET = _without_control_characters(request.GET)
        return get_response(request)

    return middleware


def _without_control_characters(query):
    if not any(CONTROL_CHARACTERS.search(text) for pair in query.lists() for text in (pair[0], *pair[1])):
        return query
    clean = query.copy()
    clean.clear()
    for name, values in query.lists():
        clean.setlist(CONTROL_CHARACTERS.sub("", name), [CONTROL_CHARACTERS.sub("", value) for value in values])
    return clean
