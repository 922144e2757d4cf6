"""The settings of the tests: those of the register, with a secret and a database of their own and quick passwords."""

import os
import tempfile
from pathlib import Path

os.environ["SECRET_KEY"] = "only-for-the-tests-" * 4
os.environ["ALLOWED_HOSTS"] = "127.0.0.1,localhost,testserver"
os.environ["DEBUG"] = ""
os.environ["SITE_URL"] = "http://testserver"

from krakow_intl.settings import *  # noqa: F403
from krakow_intl.settings import DATABASE, STORAGES

_folder = tempfile.TemporaryDirectory(prefix="krakow-intl-test-")  # which is gone when the tests end
if DATABASE["ENGINE"].endswith("sqlite"):  # a file, as in use: the threads of a live server do not share it in memory
    DATABASE["TEST"] = {"NAME": f"{_folder.name}/register.sqlite3"}
    DATABASE["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # no test outlives a fall of the machine
VAR_DIR = Path(_folder.name) / "var"
VAR_DIR.mkdir()
_NONE = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}  # nothing is committed
CACHES = {"default": _NONE, "pages": _NONE, "answers": _NONE}
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True  # nothing needs to be collected
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
