"""What the API answers instead of data: a sentence in the language of whoever asks, and what is wrong by name."""

from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.views import exception_handler


class Gone(APIException):
    status_code = status.HTTP_410_GONE
    default_detail = _("This record is no longer public.")
    default_code = "gone"


def answer(error, context):
    """{"detail": sentence, "parameters": {name: [sentences]}}, which no cache keeps: its words depend on who asks."""
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, ValidationError):
        response.data = {"detail": _("The question cannot be read as it is asked."), "parameters": error.detail}
    response["Vary"] = "Accept-Language"
    return response
