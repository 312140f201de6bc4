"""The certificates that the record of a case was disposed of, and that a partnership has left.

They are of no case any more, so they are no papers of one (`making.py`): they are set from counts,
days and names, and from no word of a case.
"""

from dataclasses import dataclass
from typing import Final

from services.documents.blocks import Block, Facts, Grid, Items, Paragraph
from services.documents.glyphs import plain
from services.documents.pdf import set_as_pdf
from services.documents.wording import Worded

OPENING: Final = (
    "The record of this case was deleted: every row of the database that belonged to it, what was "
    "typed and not sent, emails, one-time addresses, and every version of every stored file. The "
    "audit chain keeps its links, which hold no word of the case; the digests in them can no "
    "longer be compared with anything."
)
ELSEWHERE: Final = (
    "What had left Keyline before is not reached: what was sent to national bodies and agencies, "
    "exports and packages that people keep, and backups until they are replaced. A backup that is "
    "restored disposes of what is named here again before anybody can sign in."
)
LEFT: Final = (
    "The partnership leaves Keyline. Everything of it was exported, but for what the manifest "
    "names as left out. The record of each case that nothing holds was then deleted: every row of "
    "it, and every version of every stored file that is not named below as locked."
)
GOES_LATER: Final = (
    "What is held is disposed of by another run of the same command once it is held no more, and a "
    "new certificate says so."
)
STAYS: Final = (
    "What stays is no record of a case: the audit chain, the ledger of disposals, and the names "
    "and roles of the partnership's people, which are ended on its own pages."
)
EXPORT_COLUMNS: Final = ("Whole on", "Link of the audit chain", "SHA-256 of its manifest")
DISPOSAL_COLUMNS: Final = ("Case", "Disposed of on", "Files", "Digest of the line in the ledger")
STAYS_COLUMNS: Final = ("Case", "Why")
LOCKED_COLUMNS: Final = ("File", "Until")


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalCertificate:
    """What the certificate says; `locked` are the files that the store keeps until a day."""

    partnership: str
    reference: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    locked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OffboardingCertificate:
    """What is said of a partnership that leaves: what it took, what is gone, and what stays."""

    partnership: str
    code: str
    facts: tuple[tuple[str, str], ...]
    exports: tuple[tuple[str, ...], ...]
    disposals: tuple[tuple[str, ...], ...]
    stays: tuple[tuple[str, ...], ...]
    locked: tuple[tuple[str, ...], ...]


def certificate(told: DisposalCertificate) -> bytes:
    """Return the certificate as a tagged PDF; the same certificate gives the same bytes."""
    facts = tuple((plain(label), plain(text)) for label, text in told.facts)
    blocks: list[Block] = [
        Paragraph(text=OPENING),
        Facts(facts=facts),
        Grid(caption="What was deleted", columns=("Kind", "Number"), rows=told.rows),
    ]
    if told.locked:
        blocks += [
            Paragraph(text="These files are locked in the store, and go when their day has come:"),
            Items(items=told.locked),
        ]
    blocks.append(Paragraph(text=ELSEWHERE))
    return _set("Certificate of disposal", told.reference, told.partnership, blocks)


def offboarding_certificate(told: OffboardingCertificate) -> bytes:
    """Return the certificate of a partnership that leaves as a tagged PDF."""
    facts = tuple((plain(label), plain(text)) for label, text in told.facts)
    blocks: list[Block] = [Paragraph(text=LEFT), Facts(facts=facts)]
    blocks.append(_grid("What was exported", EXPORT_COLUMNS, told.exports))
    if told.disposals:
        blocks.append(_grid("What was disposed of", DISPOSAL_COLUMNS, told.disposals))
    else:
        blocks.append(Paragraph(text="Nothing was disposed of."))
    if told.stays:
        blocks.append(_grid("What is still held, and why", STAYS_COLUMNS, told.stays))
        blocks.append(Paragraph(text=GOES_LATER))
    else:
        blocks.append(Paragraph(text="No record of a case is left."))
    if told.locked:
        blocks.append(_grid("Stored files that are locked", LOCKED_COLUMNS, told.locked))
    blocks += [Paragraph(text=STAYS), Paragraph(text=ELSEWHERE)]
    return _set("Certificate of leaving", told.code, told.partnership, blocks)


def _grid(caption: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Grid:
    said = tuple(tuple(plain(cell) for cell in row) for row in rows)
    return Grid(caption=caption, columns=columns, rows=said)


def _set(title: str, reference: str, partnership: str, blocks: list[Block]) -> bytes:
    return set_as_pdf(
        Worded(
            title=title,
            reference=plain(reference),
            partnership=plain(partnership),
            marking="OFFICIAL-SENSITIVE",
            blocks=tuple(blocks),
            template=title.lower(),
        )
    )
