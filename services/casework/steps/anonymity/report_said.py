"""What is put forward to be checked, what is found in it, and why a hit may stay."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.casework.commands import (
    Command,
    KeptFileChoice,
    Kind,
    LongText,
    NeededWhen,
    Rows,
)
from services.domain.anonymity.known import HitKind


class CheckReport(Command):
    """The report is compared with the case's own people, days and places (PUB-16).

    Its text is checked with every draft and plan by itself. Have it checked again here when more
    has become known of the family, or when the report was laid out as a file of its own: that file
    is then checked too, with its notes, changes, properties and whatever in it is not seen.
    """

    file: KeptFileChoice | None = Field(
        default=None,
        title="Which file is the report as it is laid out for publication?",
        description="Add it under Documents first, as PDF or Word. Leave this open if there is "
        "none: a file that was put forward before is then no longer checked.",
    )
    why_other_file: Annotated[
        LongText | None, NeededWhen("if the file before holds something that is not settled")
    ] = Field(
        default=None,
        title="Why is the file that was checked before no longer put forward?",
        description="Such as that it was laid out anew without the names that were found in it.",
    )


class ReportHit(Command):
    """Words of the report that are taken for something of the case, and where they stand."""

    place: str = Field(title="Where")
    kind: HitKind = Field(title="What it is taken for")
    words: str = Field(title="Words in the report")
    id: UUID = Field(title="Known again by")


class AnonymityChecked(Command):
    """What was found in a version of the report.

    What is the case's own, a postcode, an NHS number, a telephone number, an email address, or what
    could not be read is to be settled: publication waits for it. What is only possible is for a
    person to judge. Beyond three hundred hits no more are listed.
    """

    version: int = Field(title="Version of the report")
    file: str | None = Field(default=None, title="File that was checked with it")
    file_sha256: str | None = Field(default=None, title="SHA-256 of that file")
    certain: int = Field(title="Hits that are to be settled")
    possible: int = Field(title="Hits that are only possible")
    hits: Annotated[tuple[ReportHit, ...], Rows(3, "hit")] = Field(default=(), title="Hits")
    not_listed: int = Field(default=0, title="Hits beyond those listed")


class NoteAnonymity(AnonymityChecked):
    """What one check of the report found, and as of which entry of the case it read it."""

    as_of: int = Field(title="As of which entry")


class JustifyHits(Command):
    """What the check found in the report and stays in it, with the reason.

    What should not stay is changed in a new version of the draft. These words are then no longer
    found. A reason holds for these words in this text alone: a changed part is asked about anew.
    """

    hits: Annotated[tuple[UUID, ...], Kind.THINGS] = Field(
        title="Which hits stay, for the same reason?", min_length=1
    )
    reasons: LongText = Field(
        title="Why does nobody recognise a child or family by them?",
        description="Such as a town of that name that is named in the title of the partnership.",
    )
    family_agreed: Annotated[
        LongText | None, NeededWhen("if a name of the family or child stays")
    ] = Field(
        default=None,
        title="Who agreed that the name stays, and when?",
        description="Such as parents who wish that their child is named.",
    )


class HitsJustified(Command):
    """What stays in the report and why."""

    hits: Annotated[tuple[ReportHit, ...], Rows(3, "hit")] = Field(title="What stays")
    reasons: str = Field(title="Why nobody recognises a child or family by it")
    family_agreed: str | None = Field(default=None, title="Who agreed that the name stays")
