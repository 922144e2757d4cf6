"""What the map of the site names, as whoever reads it part by part finds it."""

import re

# an address there: "<loc>http://testserver/sitemap-city-1.xml</loc>", "<loc>http://testserver/pl/umowy/</loc>"
LOCATION = re.compile(r"<loc>https?://[^/]+(/[^<]*)</loc>")


def parts_of_site(read):
    """The texts of the parts; `read(path)` is the text that stands there."""
    return [read(part) for part in LOCATION.findall(read("/sitemap.xml"))]


def pages_of_site(read):
    """The paths of all pages, in order."""
    return sorted({path for text in parts_of_site(read) for path in LOCATION.findall(text)})
