"""The stylesheets of the public pages, handed out as one file: a phone asks once."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

JOINED = "css/register.css"
# a line that takes in another stylesheet: '@import "layout.css";'
IMPORT = re.compile(r'@import "(.+?)";')


class JoinedStylesheets(CompressedManifestStaticFilesStorage):
    """Static files with a hash in their name and compressed, as `collectstatic` leaves them."""

    support_js_module_import_aggregation = True  # a module that takes in another asks for it by that name

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and JOINED in paths:
            self._join(paths)
            paths = paths | {JOINED: (self, JOINED)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _join(self, paths):
        def text_of(name):
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        whole = IMPORT.sub(lambda line: text_of(f"css/{line[1]}"), text_of(JOINED))
        self.delete(JOINED)
        self.save(JOINED, ContentFile(whole.encode()))
