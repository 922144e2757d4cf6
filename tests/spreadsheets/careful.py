"""Files as offices keep them, with what a careful person gets out of each."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from tests.spreadsheets.samples import text
from tests.spreadsheets.writers import Cell, archive, ods, worksheet, xls, xlsx, xlsx_parts

OFFICES = {}
ROUNDS = 4  # of answers: one may raise another question
EMPTY_TEXT = Cell('t="str"', '<f>IF(Z1="","",Z1)</f><v></v>')
MORE = {  # what is told of an agreement beside its city, kind and day: {name: attribute}
    "from": "valid_from",
    "until": "valid_until",
    "months": "term_months",
    "renewal": "renewal_months",
    "notice": "notice_months",
    "term": "term",
    "level": "level",
    "resolution": "resolution",
}
USUAL = {("term", "not-recorded"), ("level", "city")}


@dataclass(frozen=True)
class Office:
    """`gets` are the agreements that a careful person finds; `waits` is why the register does not write all of them."""

    name: str
    data: object  # () -> bytes
    gets: list
    mapping: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)  # {the key of a question or its beginning: answer}
    waits: str = ""
    stops: str = ""  # the code of what tells that person that the file is not for this register
    splits: bool = False  # whether a row holds several agreements
    sheet: str | None = None

    def plan(self):
        """The plan once all is answered that this person can answer."""
        from partners.imports.planning.planner import plan_import

        given, data = dict(self.answers), self.data()
        for _round in range(ROUNDS):
            plan = plan_import(data, sheet=self.sheet, mapping=self.mapping, decisions=given)
            more = {key: answer for key in plan.questions if (answer := self._answer(key)) is not None}
            if more.items() <= given.items():
                return plan
            given |= more
        return plan

    def _answer(self, key):
        beginnings = [beginning for beginning in self.answers if key.startswith(beginning)]
        return self.answers[max(beginnings, key=len)] if beginnings else None


def office(name, data, gets="", **how):
    """Enters a file; `gets` has a line for each agreement: city kind day; name=value; …"""
    assert name not in OFFICES, name
    gets = [line.strip() for line in gets.strip().splitlines()] if isinstance(gets, str) else gets
    OFFICES[name] = Office(name, data, gets, **how)


def table(block):
    """The cells of a list: lines, cells divided by "|"; "@2001-07-09" is a date, "#12" a number, '=""' a formula."""
    return [[_cell(part) for part in line.split("|")] for line in block.strip("\n").splitlines()]


def _cell(part):
    if part == '=""':
        return EMPTY_TEXT
    if part[:1] == "@":
        return date.fromisoformat(part[1:])
    if part[:1] == "#":
        return float(part[1:]) if "." in part else int(part[1:])
    return part.replace("\\n", "\n") or None


def as_xlsx(block, **layout):
    return lambda: xlsx(*table(block), **layout)


def as_ods(block):
    return lambda: ods(*table(block))


def as_xls(block):
    return lambda: xls(*table(block))


def as_text(block, encoding="utf-8", separator=";"):
    rows = table(block)
    width = max(map(len, rows))
    return lambda: text([row + [None] * (width - len(row)) for row in rows], separator).encode(encoding)


def as_book(blocks, states=()):
    return lambda: archive(xlsx_parts({name: worksheet(table(block)) for name, block in blocks.items()}, states=states))


def written(plan):
    """What a plan would write, each agreement as it is told in `gets`."""
    return [] if plan.is_refused else [_told(planned) for planned in plan.written]


def _told(planned):
    from partners.event_words import full_code_of

    agreement = planned.agreement
    more = {name: str(getattr(agreement, attribute) or "") for name, attribute in MORE.items()}
    more |= {side: ", ".join(names) for (side, _language), names in planned.parties.items()}
    more["events"] = ", ".join(full_code_of(event) for event, _before in planned.events)
    told = [f"{agreement.city.slug} {agreement.kind} {agreement.signed_on or '—'}"]
    told += [f"{name}={value}" for name, value in more.items() if value and (name, value) not in USUAL]
    return "; ".join(told)


def wrong(case, plan):
    """What would be written and is not so."""
    return sorted((Counter(written(plan)) - Counter(case.gets)).elements())


def missing(case, plan):
    """What would not be written, though it is in the file."""
    return sorted((Counter(case.gets) - Counter(written(plan))).elements())


def untold(plan):
    """The rows of which nothing becomes and nothing is said."""
    told = {message.row for message in plan.messages}
    return [planned.number for planned in plan.rows if not planned.writes and planned.number not in told]


def rows_left_out(plan):
    return sum(len(some.rows) for some in plan.ledger.left_out) if plan.ledger else 0
