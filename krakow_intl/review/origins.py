"""Where what history tells came from in one go, besides people at a form: each app enters what writes so."""

from krakow_intl.core.facts import REASON

ORIGINS = {}  # name: Origin


class Origin:
    """What writes many records for a reason of its own, such as imports: each of them has a number and a page."""

    name = ""  # in addresses
    label = ""
    every = ""  # the choice of all of them

    def is_for(self, user):
        """Whether a person may see the pages of these."""
        raise NotImplementedError

    def choices(self, user):
        """[(key, words)] of those that wrote something, the latest first."""
        raise NotImplementedError

    def reasons(self, user, key):
        """The reasons that history gives for what one of them wrote, and for what was taken back of it."""
        raise NotImplementedError

    def wrote(self, reason):
        """Whether one of them gave a reason; then it is taken back on its own page."""
        raise NotImplementedError

    def links(self, user, reasons):
        """{reason: (words, address)} of those of some reasons that are its own."""
        raise NotImplementedError


def origin(made):
    """Enters a class of what writes many records."""
    ORIGINS[made.name] = made()
    return made


def wrote_as_a_whole(reason):
    """Whether something else than a person at a page wrote for a reason: an import, the loading of facts."""
    is_by_file = (reason or "").startswith(f"{REASON} ")
    return is_by_file or any(each.wrote(reason) for each in ORIGINS.values())


def links_of(user, reasons):
    """{reason: (words, address)} of what wrote for some of these reasons; the pages of others a person may not see."""
    links = {}
    for each in ORIGINS.values():
        links |= each.links(user, reasons)
    return links
