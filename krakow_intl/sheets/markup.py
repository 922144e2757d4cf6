"""XML as it comes in a file from outside: followed piece by piece, never expanded, dropped when out of bounds."""

from xml.parsers import expat

from krakow_intl.sheets.messages import SheetError

MAX_TOKEN = 1 << 20  # bytes of the longest single tag or comment: expat reads an unfinished one again and again
MAX_DEPTH = 100
MAX_RUNS = 10_000  # pieces of one text, each in a font of its own
MAX_CHARACTERS = 16_000_000  # of the text in a part: 1 600 for each of 10 000 rows
MAX_ELEMENTS = 200_000  # in a part that describes the workbook, and of the kinds that a part is not read for
OLD_MANIFEST = "meta-inf/manifest.xml"  # the one part in which OpenOffice named a document type


class Stop(Exception):
    """Enough of the part was read."""


class Follower:
    """Follows the elements of one part; a subclass says in `start` and `end` what they mean.

    `names` are the elements it looks for, without prefix, and `known` their tags as this part writes them.
    """

    names = ()
    max_elements = MAX_ELEMENTS

    def __init__(self, part):
        self.part = part
        self.known = {}
        self.starts = self.ends = self.others = self.length = 0
        self.runs = []  # the pieces of the text of a cell
        self.gathered = None  # the list that takes the text that comes now, if it is wanted

    def follow(self, pieces):
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = self.characters, self.doctype
        fed = 0
        try:
            for piece in pieces:
                parser.Parse(piece)
                fed += len(piece)
                self.check(fed - parser.CurrentByteIndex)
            parser.Parse(b"", True)
        except LookupError as error:
            raise SheetError("unknown-encoding", self.part) from error
        except (expat.ExpatError, ValueError) as error:
            raise SheetError("damaged", self.part) from error
        except Stop:
            pass
        return self

    def check(self, unfinished):
        is_dense = self.starts - self.ends > MAX_DEPTH or len(self.runs) > MAX_RUNS
        if is_dense or unfinished > MAX_TOKEN or self.starts > self.max_elements or self.length > MAX_CHARACTERS:
            raise SheetError("too-much", self.part)

    def start(self, tag, attributes):
        raise NotImplementedError

    def end(self, tag):
        self.ends += 1

    def characters(self, text):
        if self.gathered is not None:
            self.gathered.append(text)
            self.length += len(text)

    def other(self, tag):
        """An element this part is not read for. The first of all tells the prefix under which the others come."""
        if self.starts == 1:
            prefix = tag[: len(tag) - len(local(tag))]
            self.known = {prefix + name: name for name in self.names}
        self.others += 1
        if self.others > MAX_ELEMENTS:
            raise SheetError("too-much", self.part)

    def doctype(self, name, system, public, has_declarations):
        if has_declarations or self.part != OLD_MANIFEST:
            raise SheetError("entities", self.part)


class _Listing(Follower):
    def __init__(self, part):
        super().__init__(part)
        self.elements = []

    def start(self, tag, attributes):
        self.starts += 1
        self.elements.append((local(tag), {local(name): value for name, value in attributes.items()}))


class _Prologue(Follower):
    def start(self, tag, attributes):
        raise Stop


def elements(pieces, part):
    """The elements of a small part, in document order, as (name, attributes), both without prefixes."""
    return _Listing(part).follow(pieces).elements


def check_prologue(pieces, part):
    """Refuses a part that declares a document type, in any encoding; what is no XML passes."""
    try:
        _Prologue(part).follow(pieces)
    except SheetError as error:
        if error.code != "damaged":
            raise


def local(name):
    return name.rpartition(":")[2]
