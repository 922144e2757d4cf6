"""The settings of the tests: those of the register, with a secret of their own and quick passwords."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-the-tests-" * 4)
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver")

from krakow_intl.settings import *  # noqa: E402, F403
from krakow_intl.settings import STORAGES  # noqa: E402

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
