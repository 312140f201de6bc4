"""What is said of the pack's papers: its files, its minutes and its order, each of them checked."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, KeptFileChoice, Kind, Rows
from services.casework.steps.kept_files import kept_files
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused


class Minutes(StrEnum):
    """Whether the child death review's minutes are in the pack (RR-45)."""

    INCLUDED = "included"
    NOT_RELEVANT = "not_relevant"
    TABLED = "tabled"


class PackPart(StrEnum):
    """A part of the pack that may stand in another place than the usual one (RR-45)."""

    REFERRAL = "referral"
    NOTIFICATION = "notification"
    AGENCIES = "agencies"
    RETURNS = "returns"


class PackPlace(Command):
    """Which part stands in one place of the pack, after those of the rows above."""

    part: PackPart = Field(title="Part")


class AcceptPack(Command):
    """The papers that attendees receive (RR-45, RR-53).

    The pack is one PDF: contents, agenda, what it is made of, what is missing, the referral, the
    notification and every return as they stand on record. Each copy is marked with the name of who
    opened it, and each opening is recorded.
    """

    sin_form: KeptFileChoice | None = Field(
        default=None,
        title="Which file is the notification as it was sent?",
        description="Add the notification form under Documents first. Without it the pack says "
        "what is on record of the notification.",
    )
    minutes: Minutes = Field(title="Minutes of the child death review's joint agency response")
    minutes_file: KeptFileChoice | None = Field(
        default=None,
        title="Which file are the minutes, if they are included?",
        description="Add them under Documents first. Attendees open the files with the pack.",
    )
    files: Annotated[tuple[UUID, ...], Kind.THINGS] = Field(
        default=(),
        title="Which other files go with the pack?",
        description="Of those that were added under Documents. Attendees open them with it.",
    )
    order: Annotated[tuple[PackPlace, ...], Rows(len(PackPart), "part")] = Field(
        default=(),
        title="In which order are the papers?",
        description="Leave this blank for the usual order: referral, notification, agencies, "
        "returns. What is not named follows in that order.",
    )


def must_be_kept(work: UnitOfWork, case: Case, said: AcceptPack) -> None:
    """Refuse minutes that are said to be included and are no file, and a file of another case."""
    if case.is_death and said.minutes is Minutes.NOT_RELEVANT:
        raise AnswerRefused(
            "minutes", "A child died: include the minutes or have them tabled (G3)."
        )
    if said.minutes is Minutes.INCLUDED and said.minutes_file is None:
        raise AnswerRefused("minutes_file", "Choose the file with the minutes (G3).")
    if said.minutes is not Minutes.INCLUDED and said.minutes_file is not None:
        raise AnswerRefused("minutes_file", "Say above that the minutes are included.")
    kept = {None, *(one.id for one in kept_files(work, case))}
    named = [("sin_form", said.sin_form), ("minutes_file", said.minutes_file)]
    named += [("files", one) for one in said.files]
    for field, chosen in named:
        if chosen not in kept:
            raise AnswerRefused(field, "Choose one of the files that were added to this case.")


def must_be_an_order(said: AcceptPack) -> None:
    """Refuse an order in which a part stands twice."""
    parts = [one.part for one in said.order]
    if len(set(parts)) < len(parts):
        raise AnswerRefused("order", "Name each part once.")
