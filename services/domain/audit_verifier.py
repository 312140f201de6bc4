"""Verifies the audit chain of a partnership; this one file and Python's standard library suffice.

    python3 audit_verifier.py export.jsonl [kept-lines.txt ...]

The export comes from Keyline's audit page; the other files hold the anchor lines that were kept
(saved e-mails will do). Every link is hashed with the one before it: a link which is changed, taken
out, put in or moved is found. A chain that was cut, put back to an old state or written again is
found by the anchors in the store, or by the lines that were kept if those were replaced too.

hash = SHA-256 of six lines: "keyline-audit-1", the previous hash, the partnership, the number, the
moment, and the body as JSON with sorted names, without spaces, in UTF-8.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORM = "keyline-audit-1"
GENESIS = "0" * 64
LINE = re.compile(r"\b([0-9]{1,18}) ([0-9a-f]{64}) ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z)")
TAMPERED = {
    "edited": "{links} changed after being written.",
    "deleted": "{links} taken out of the chain.",
    "reordered": "{links} moved to another place in the chain.",
    "inserted": "{links} put into the chain that was not written there.",
    "foreign": "{links} taken from another partnership's chain.",
    "cut": "{links} cut off the end.",
    "restored": "{links} missing from the end or written again: an old state was put back.",
    "rewritten": "{links} written again, hashes included.",
    "anchors_replaced": "The store's anchors were replaced: the one that you kept is not there.",
}


@dataclass(frozen=True)
class Link:
    """One link of the chain as it is stored; a link that was withheld has no body."""

    tenant: str
    seq: int
    at: str
    body: Mapping[str, Any] | None
    prev: str
    hash: str

    def is_number(self, number: int) -> bool:
        """Tell whether the link was written under this number, as it says itself."""
        if self.body is None:
            return number == self.seq
        return link_hash(self.prev, self.tenant, number, self.at, self.body) == self.hash


@dataclass(frozen=True)
class Mark:
    """What was noted of the chain elsewhere: a number, its hash, and the link's moment."""

    seq: int
    hash: str
    at: str

    @property
    def line(self) -> str:
        """Return the line that a partnership keeps."""
        return f"{self.seq} {self.hash} {self.at}"


@dataclass
class Chain:
    """A chain, and what it is held against; `anchors` is nothing where the store was not asked."""

    tenant: str
    links: Sequence[Link]
    head: Mark | None = None
    anchors: Sequence[Mark] | None = None
    kept: Sequence[Mark] = ()
    is_part: bool = False


@dataclass(frozen=True)
class Tampering:
    """One kind of tampering, at which links, and what it was found by."""

    kind: str
    first: int
    last: int
    by: str = "the chain itself"

    def __str__(self) -> str:
        one = self.first >= self.last
        links = f"Link {self.first} was" if one else f"Links {self.first} to {self.last} were"
        words = TAMPERED[self.kind].format(links=links)
        return f"{self.kind.upper()}: {words} (Found by {self.by}.)"


@dataclass
class Placed:
    """A link, the number under which it was written, and whether its hash fits."""

    link: Link
    number: int
    fits: bool
    is_extra: bool = False


def canonical(body: Mapping[str, Any]) -> str:
    """Return the one written form of a body."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link_hash(prev: str, tenant: str, seq: int, at: str, body: Mapping[str, Any]) -> str:
    """Return the hash of a link."""
    text = "\n".join((FORM, prev, tenant, str(seq), at, canonical(body)))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def findings(chain: Chain) -> list[Tampering]:
    """Return every kind of tampering that shows; an untouched chain gives none."""
    if chain.is_part:
        wrong = [link.seq for link in chain.links if not link.is_number(link.seq)]
        return [Tampering("edited", seq, seq) for seq in wrong]
    noted = [mark for mark in (chain.head, *(chain.anchors or ()), *chain.kept) if mark]
    places = placed(chain.links, {mark.hash for mark in noted})
    foreign = [link.seq for link in chain.links if link.tenant != chain.tenant]
    found = [Tampering("foreign", seq, seq) for seq in foreign]
    found += [*_changed(places), *_order(places), *_previous(places)]
    found += _end(chain, places, found)
    for marks, by in ((chain.anchors or (), "an anchor in the store"), (chain.kept, "a kept line")):
        found += _against_marks(places, marks, by, found)
    held = {(mark.seq, mark.hash) for mark in chain.anchors or ()}
    gone = [mark.seq for mark in chain.kept if (mark.seq, mark.hash) not in held]
    if chain.anchors is not None:
        found += [Tampering("anchors_replaced", seq, seq, "a kept line") for seq in gone]
    return found


def placed(links: Sequence[Link], noted: set[str]) -> list[Placed]:
    """Return each link with the number under which it was written, in the order as stored."""
    at_hash = {link.hash: link.seq for link in links}
    places, shift, searches = [], 0, 50
    for link in links:
        near = at_hash.get(link.prev, link.seq - 1) + 1
        tried = [link.seq, link.seq + shift, near, near + shift]
        tried += range(max(1, link.seq - 8), link.seq + 8)
        number = next((one for one in tried if link.is_number(one)), None)
        if number is None and searches:
            searches -= 1
            number = next((one for one in range(1, len(links) + 2) if link.is_number(one)), None)
        if number is not None:
            shift = number - link.seq
        places.append(Placed(link, link.seq + shift, number is not None))
    _mark_extra(places, {one.link.prev for one in places if one.fits} | noted)
    return places


def _mark_extra(places: list[Placed], vouched: set[str]) -> None:
    """Mark the links that stand beside the one that was written under their number."""
    by_number: dict[int, list[Placed]] = {}
    for one in places:
        by_number.setdefault(one.number, []).append(one)
    for rivals in by_number.values():
        if len(rivals) > 1:
            fitting = [one for one in rivals if one.fits] or rivals
            kept = next((one for one in fitting if one.link.hash in vouched), fitting[0])
            for one in rivals:
                one.is_extra = one is not kept


def _changed(places: list[Placed]) -> list[Tampering]:
    """Return the links that are not as they were written, and those that were put in."""
    wrong = [(one.is_extra, one.link.seq) for one in places if one.is_extra or not one.fits]
    return [Tampering("inserted" if extra else "edited", seq, seq) for extra, seq in wrong]


def _order(places: list[Placed]) -> list[Tampering]:
    """Return the links that were moved, and the numbers that are missing before the last."""
    numbers = [one.number for one in places if not one.is_extra]
    ranked = sorted(numbers)
    moved = [was for was, now in zip(ranked, numbers, strict=True) if was != now]
    found = [Tampering("reordered", first, last) for first, last in _runs(moved)]
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    return found + [Tampering("deleted", first, last) for first, last in _runs(missing)]


def _previous(places: list[Placed]) -> list[Tampering]:
    """Return the links whose hash was made anew, so that the next one does not fit them."""
    by_number = {one.number: one for one in places if not one.is_extra}
    found = []
    for number, one in by_number.items():
        before = by_number.get(number - 1)
        expected = GENESIS if number == 1 else before.link.hash if before else one.link.prev
        if one.fits and one.link.prev != expected:
            found.append(Tampering("edited", max(1, number - 1), max(1, number - 1)))
    return found


def _end(chain: Chain, places: list[Placed], found: list[Tampering]) -> list[Tampering]:
    """Compare the last link with the head, which is kept beside the chain."""
    head, by = chain.head, "the head of the chain"
    hashes = {one.number: one.link.hash for one in places if not one.is_extra}
    last = max(hashes, default=0)
    if head is not None and head.seq > last:
        return [Tampering("cut", last + 1, head.seq, by)]
    if head is not None and head.seq < last:
        return [Tampering("inserted", head.seq + 1, last, by)]
    is_other = head is not None and last > 0 and hashes[last] != head.hash
    return [Tampering("edited", last, last, by)] if is_other and not found else []


def _against_marks(
    places: list[Placed], marks: Iterable[Mark], by: str, found: Sequence[Tampering]
) -> list[Tampering]:
    """Compare the chain with what was noted of it; say the first mark that it contradicts."""
    links = {one.number: one.link for one in places if not one.is_extra}
    last, agreed = max(links, default=0), 0
    known = {number for one in found for number in range(one.first, one.last + 1)}
    for mark in sorted(marks, key=lambda one: one.seq):
        link = links.get(mark.seq)
        if mark.seq in known or mark.seq == 0:
            continue
        if mark.seq > last:
            return [Tampering("restored", last + 1, mark.seq, by)]
        if link is not None and link.hash != mark.hash:
            kind = "restored" if link.at > mark.at else "rewritten"
            return [Tampering(kind, agreed + 1, mark.seq, by)]
        agreed = mark.seq
    return []


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of numbers that follow each other."""
    start = None
    for place, number in enumerate(numbers):
        start = number if start is None else start
        if place + 1 == len(numbers) or numbers[place + 1] != number + 1:
            yield start, number
            start = None


def read_export(lines: Iterable[str]) -> Chain:
    """Return the chain that an export holds, one JSON object a line."""
    links, anchors, told = [], [], None
    for line in lines:
        row = json.loads(line)
        if "export" in row:
            told = row["export"]
        elif "anchor" in row:
            anchors.append(Mark(**row["anchor"]))
        else:
            links.append(Link(**row | {"seq": int(row["seq"])}))
    if not isinstance(told, dict):
        raise ValueError("The line that says what the export is of is missing.")  # noqa: TRY004
    head, is_part = Mark(told["seq"], told["hash"], told["at"]), told["case"] is not None
    return Chain(told["partnership"], links, head, anchors, is_part=is_part)


def kept_lines(text: str) -> list[Mark]:
    """Return the anchor lines in a text, such as a saved e-mail, whose line breaks are undone."""
    return [Mark(int(a), b, c) for a, b, c in LINE.findall(re.sub("=\r?\n", "", text))]


def report(chain: Chain, found: Sequence[object]) -> Iterator[str]:
    """Yield what there is to say of a chain, line by line."""
    newest = f"the newest of {chain.links[-1].at}" if chain.links else "none"
    yield f"Partnership {chain.tenant}: {len(chain.links)} links, {newest}."
    anchors = "not asked" if chain.anchors is None else len(chain.anchors)
    yield f"Held against: anchors in the store {anchors}; lines that you kept {len(chain.kept)}."
    if withheld := sum(link.body is None for link in chain.links):
        yield f"{withheld} links are withheld from who exported them: only their order is checked."
    if chain.is_part:
        yield "This is a part of the chain: each link is checked, and not that none is missing."
    yield from map(str, found)
    if not found:
        yield "WHOLE: no link was changed, taken out, put in, moved or cut off."


def main(arguments: Sequence[str]) -> int:
    """Verify an export against lines that were kept; return 1 if it was tampered with."""
    if not arguments or arguments[0].startswith("-"):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        export, *kept = [Path(name).read_text(encoding="utf-8") for name in arguments]
        chain = read_export(line for line in export.split("\n") if line.strip())
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as trouble:
        sys.stderr.write(f"This cannot be read: {trouble}\n")
        return 2
    chain.kept = [mark for text in kept for mark in kept_lines(text)]
    found = findings(chain)
    sys.stdout.write("".join(f"{line}\n" for line in report(chain, found)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
