"""Where the register stands for everybody, by whatever name or port it was asked."""

from django.conf import settings


def absolute(path):
    """The canonical address of a path: "/pl/" -> "https://register.example/pl/"."""
    return f"{settings.SITE_URL}{path}"
