"""The register as it is deployed, but that it keeps no page: each is made anew."""

from krakow_intl.settings import *  # noqa: F403

CACHES = {name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"} for name in ("default", "pages", "answers")}
