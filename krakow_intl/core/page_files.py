"""Pages that are kept as files, which the processes of a machine share and which outlive them."""

import pickle
import zlib
from random import random

from django.core.cache.backends.filebased import FileBasedCache

LOOKS = 0.02  # of the times that a page is written: the folder is listed, which takes longer than to write


class PageFiles(FileBasedCache):
    """Django's, which takes a damaged file for none, and looks now and then alone whether there are too many."""

    def get(self, key, default=None, version=None):
        try:
            return super().get(key, default, version)
        except (EOFError, pickle.UnpicklingError, zlib.error):
            return default

    def _cull(self):
        if random() < LOOKS:
            super()._cull()
