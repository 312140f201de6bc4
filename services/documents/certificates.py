"""The certificate that the record of a case was disposed of: kept when the record is not.

It is of no case any more, so it is no paper of one (`making.py`): it is set from counts, days and
names, and from no word of the case.
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
    "restored disposes of this record again before anybody can sign in."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalCertificate:
    """What the certificate says; `locked` are the files that the store keeps until a day."""

    partnership: str
    reference: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    locked: tuple[str, ...] = ()


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
    return set_as_pdf(
        Worded(
            title="Certificate of disposal",
            reference=plain(told.reference),
            partnership=plain(told.partnership),
            marking="OFFICIAL-SENSITIVE",
            blocks=tuple(blocks),
            template="certificate of disposal",
        )
    )
