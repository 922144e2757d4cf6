"""What came of a soak: the answers in figures, and every reason for which it fails.

Memory and the p99 of what visitors are answered may grow by a fifth from the second cycle to the last; in a short run,
whose first cycle does not fill what is kept, they may double. The slowest hundredth of a cycle is thirty answers, of a
short one five: p99 fails only if it grew by 50 ms as well. A page is a hit once each worker has made it after the last
published save: as many misses of an address as there are workers are nobody's fault, nor are those that begin while it
is being made.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from tests.soak.visitors import COLD_KINDS, WARM_KINDS

FULL = 600  # seconds of a full run, of which more is asked
MIN_REQUESTS = 20_000  # of a full run
MIN_COLD = 0.1  # of its requests
MIN_HITS = 0.9
MAX_GROWTH = 1.2
MAX_GROWTH_IN_SHORT = 2
MIN_SLOWER = 0.05  # seconds
NEAR = 1.0  # seconds after something happened in which it still shows
PUBLISHED = "published save"


@dataclass
class Journal:
    """What clients and observer note; times are seconds since the epoch."""

    seconds: float
    cycle: float
    started: float = 0
    answers: list = field(default_factory=list)
    faults: list = field(default_factory=list)  # of the clients
    cuts: list = field(default_factory=list)  # when connections to the database were cut
    versions: list = field(default_factory=list)  # (time, size of the marker of changes), whenever it was another one
    workers: list = field(default_factory=list)  # {process: MiB} after the first cycle, and at the end
    log: list = field(default_factory=list)  # (time in whole seconds, entry) of the server's log that tells of a fault

    def visits_in(self, cycle):
        """The answers to visitors in a cycle, the first being 0."""
        begins = self.started + cycle * self.cycle
        return [a for a in self.answers if a.kind in WARM_KINDS + COLD_KINDS and 0 <= a.at - begins < self.cycle]

    def compared(self):
        """The answers of the second cycle and of the last."""
        return self.visits_in(1), self.visits_in(round(self.seconds / self.cycle) - 1)

    def cold(self):
        return [a for a in self.answers if a.kind in COLD_KINDS and not a.is_hit]

    def saves(self):
        return [a for a in self.answers if a.kind == PUBLISHED]

    def is_cut(self, start, end):
        return any(start - NEAR <= cut <= end for cut in self.cuts)

    def failed(self):
        """The answers that nobody should get, without those lost to a connection that was just cut."""
        wrong = [a for a in self.answers if a.fault]
        return [a for a in wrong if a.status not in (0, 503) or not self.is_cut(a.at, a.until)]

    def logged(self):
        return [entry for at, entry in self.log if not self.is_cut(at, at + NEAR)]

    def changes(self):
        """The moments at which public content was said to have changed."""
        return [at for at, _size in self.versions[1:]]

    def unexplained(self):
        return [at for at in self.changes() if not any(s.at - NEAR <= at <= s.until + NEAR for s in self.saves())]

    def unnoticed(self):
        """Published saves after which the pages stayed as they were."""
        saves = [save for save in self.saves() if save.status == 302]
        return [s for s in saves if not any(s.at - NEAR <= at <= s.until + NEAR for at in self.changes())]

    def under_way(self, revisions):
        """What others than visitors did at some moments: {kind: number of moments}."""
        by_others = [a for a in self.answers if a.kind not in WARM_KINDS + COLD_KINDS]
        kinds = ({a.kind for a in by_others if a.at <= at <= a.until + NEAR / 2} for at in revisions)
        return Counter(kind for of_one in kinds for kind in of_one)

    def hits_and_misses(self):
        """Those of warm addresses while nothing public changes, the first misses of each worker left out."""
        hits, misses = 0, defaultdict(list)
        for answer in self.answers:
            period = sum(save.at <= answer.at for save in self.saves())
            settled = not any(save.at <= answer.at <= save.until + NEAR for save in self.saves())
            if answer.kind in WARM_KINDS and answer.status == 200 and settled:
                hits += answer.is_hit
                if not answer.is_hit:
                    misses[period, answer.path].append(answer)
        return hits, sum(max(0, len(_apart(of_one)) - len(self.workers[0])) for of_one in misses.values())


def _apart(answers):
    """Those of the answers that began when none of the others was under way."""
    return [a for a in answers if not any(other.at < a.at < other.until for other in answers)]


def percentile(answers, share):
    """The seconds within which that share of the answers came."""
    seconds = sorted(answer.seconds for answer in answers)
    return seconds[min(len(seconds) - 1, int(len(seconds) * share))] if seconds else 0.0


def reasons(journal):
    """Why a soak fails, in a sentence each; nothing if all is well."""
    yield from journal.faults
    for (kind, fault), number in Counter((a.kind, a.fault) for a in journal.failed()).items():
        yield f"{number} × {kind}: {fault}"
    for entry, number in Counter(entry[-300:] for entry in journal.logged()).most_common(3):
        yield f"the log tells of a fault ({number} × the like): {entry}"
    yield from _of_growth(journal)
    yield from _of_pages(journal)
    if journal.seconds >= FULL and len(journal.answers) < MIN_REQUESTS:
        yield f"only {len(journal.answers)} requests, fewer than {MIN_REQUESTS}"
    if journal.seconds >= FULL and len(journal.cold()) < MIN_COLD * len(journal.answers):
        yield f"only {len(journal.cold())} of {len(journal.answers)} requests were cold"


def _of_growth(journal):
    before, after = (percentile(answers, 0.99) for answers in journal.compared())
    growth = MAX_GROWTH if journal.seconds >= FULL else MAX_GROWTH_IN_SHORT
    if after > before * growth and after > before + MIN_SLOWER:
        yield f"p99 grew from {before * 1000:.0f} to {after * 1000:.0f} ms"
    first, last = journal.workers
    if first.keys() != last.keys():
        yield f"the workers were {sorted(first)} and are {sorted(last)}"
    for pid in first.keys() & last.keys():
        if last[pid] > first[pid] * growth:
            yield f"worker {pid} grew from {first[pid]:.0f} to {last[pid]:.0f} MiB"


def _of_pages(journal):
    hits, misses = journal.hits_and_misses()
    if not any("cache-status" in answer.headers for answer in journal.answers):
        yield "no answer says with Cache-Status whether it was kept"
    elif hits < MIN_HITS * (hits + misses):
        yield f"only {hits} of {hits + misses} answers that should have been hits were"
    if all(size is None for _at, size in journal.versions):
        yield "there is no marker of changes in VAR_DIR"
    elif unexplained := journal.unexplained():
        meanwhile = ", ".join(f"{kind}: {number}" for kind, number in journal.under_way(unexplained).most_common())
        yield f"public content was said to have changed {len(unexplained)} times without a published save ({meanwhile})"
    if journal.unnoticed():
        yield f"after {len(journal.unnoticed())} published saves public content was not said to have changed"


LINE = "{:16}{:>9}{:>9}{:>9}  {}"


def figures(journal):
    """The lines of a report."""
    yield LINE.format("kind", "requests", "p50 ms", "p99 ms", "statuses")
    for kind in sorted({answer.kind for answer in journal.answers}):
        yield _line(kind, [answer for answer in journal.answers if answer.kind == kind])
    yield _line("all", journal.answers)
    for name, answers in zip(("visits, 2nd cycle", "visits, last cycle"), journal.compared(), strict=True):
        yield _line(name, answers)
    cut = [a for a in journal.answers if a.fault and a not in journal.failed()]
    yield f"connections cut {len(journal.cuts)} times, which {len(cut)} requests felt"
    yield f"cold: {len(journal.cold())} of {len(journal.answers)} requests"
    hits, misses = journal.hits_and_misses()
    yield f"pages asked again: {hits} hits, {misses} misses ({_share(hits, hits + misses)} hits)"
    kept = [a for a in journal.answers if a.kind in WARM_KINDS and a.is_hit]
    warm = [a for a in journal.answers if a.kind in WARM_KINDS]
    yield f"of all warm requests {_share(len(kept), len(warm))} were hits"
    sizes = {size for _at, size in journal.versions}
    yield f"content versions seen: {len(sizes)}; published saves: {len(journal.saves())}; " + (
        f"changes without one: {len(journal.unexplained())}"
    )
    for title, workers in zip(("second cycle", "end"), journal.workers, strict=False):
        yield f"workers at the {title}: " + ", ".join(f"{pid} {size:.0f} MiB" for pid, size in sorted(workers.items()))


def _line(name, answers):
    statuses = Counter(answer.status or "none" for answer in answers)
    told = ", ".join(f"{status}: {number}" for status, number in sorted(statuses.items(), key=str))
    times = (f"{percentile(answers, share) * 1000:.0f}" for share in (0.5, 0.99))
    return LINE.format(name, len(answers), *times, told)


def _share(part, whole):
    return f"{part / whole:.1%}" if whole else "no"
