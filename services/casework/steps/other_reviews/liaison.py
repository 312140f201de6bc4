"""Who was spoken to about what goes on beside the review, and what was agreed.

With police and prosecution at the outset (LC-17), with the other boards about the process that fits
best (PAR-01), with the Panel's secretariat about publishing before a trial has ended (LC-19), with
a legal adviser (LC-12). Contacts with the police, their family liaison and the prosecution are had
by the police's representative on the review team, or on their behalf (LC-27).
"""

from typing import Annotated, Final

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import (
    Command,
    Day,
    LongText,
    NeededWhen,
    ProcessChoice,
    ShortText,
    Under,
    YesNo,
    named,
)
from services.casework.steps.other_reviews.processes import NOT_THERE, WHILE_OPEN
from services.casework.steps.other_reviews.register import processes_on
from services.casework.steps.other_reviews.said import LiaisonKept
from services.casework.steps.police_marks.marks_carried import carry_marks
from services.casework.steps.review_team.membership import police_representative
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.labels.own_words import in_own_words
from services.domain.lateness import DelayCourse
from services.domain.other_reviews import OF_THE_POLICE, LiaisonWith
from services.domain.roles import Permission

_IN_CONFIDENCE: Final = frozenset({LiaisonWith.LEGAL_ADVISER})
_STANDS_FOR_POLICE: Final = "represents the police on the review team"


class RecordLiaison(Command):
    """A contact with the police, the prosecution, another board or a legal adviser.

    Police and prosecution are spoken to at the outset, about what this review looks at and how
    (LC-17); the other boards about which process fits best (PAR-01). Legal advice is shown to no
    other partnership and stands in no paper.
    """

    whom: LiaisonWith = Field(title="With whom?")
    who: ShortText = Field(
        title="Who was spoken to, and how?",
        description="Their post, and whether by telephone, at a meeting or in writing.",
    )
    held_on: Day = Field(title="When?")
    process: ProcessChoice | None = Field(
        default=None, title="About which review or proceeding on record, if about one?"
    )
    about: LongText = Field(
        title="What was it about?",
        description="Such as scope and methods of this review, who may be asked, what the family "
        "is spared, publication before a trial has ended.",
    )
    outcome: LongText = Field(title="What was agreed, advised or left open?")
    course: Annotated[
        DelayCourse | None,
        NeededWhen("if it was with police or prosecution about a local review of ours"),
    ] = Field(
        default=None,
        title="Which course of the review was agreed with them? (LC-16)",
        description="Before terms of reference are drawn up beside a criminal process, one is.",
    )
    by_representative: Annotated[
        YesNo | None,
        NeededWhen("if it was with police or prosecution, and a review team was named by then"),
        Under("Who had the contact"),
    ] = Field(
        default=None,
        title="Did the police's representative on the review team have it? (LC-27)",
        description="They speak with the senior investigating officer and the prosecution, and "
        "co-ordinate the family liaison.",
    )
    had_by: Annotated[ShortText | None, NeededWhen("if somebody else had it")] = Field(
        default=None,
        title="Who had it for this partnership?",
        description="Their name and post.",
    )
    on_behalf: Annotated[LongText | None, NeededWhen("if it was the representative's to have")] = (
        Field(
            default=None,
            title="Why did they have it on the representative's behalf?",
            description="And how the representative knows of it.",
        )
    )


def record_liaison(work: UnitOfWork, case_id: CaseId, command: RecordLiaison) -> Case:
    """Keep a contact; one about a process that a police mark hides is hidden with it."""
    case = begin(work, case_id, RECORD_LIAISON, command)
    if command.held_on > work.today:
        raise AnswerRefused("held_on", "Enter a day that is not in the future.")
    if command.course is not None and command.whom not in OF_THE_POLICE:
        raise AnswerRefused("course", "It is agreed with police or prosecution: leave this empty.")
    had = _who_had_it(work, case, command)
    about = command.process
    process = None if about is None else named(processes_on(work, case.id), about, NOT_THERE)
    kept = LiaisonKept.model_validate(
        command.model_dump(exclude={"by_representative"})
        | had
        | {"process": process.said.name if process else None}
    )
    section = Section.INTERNAL if command.whom in _IN_CONFIDENCE else RECORD_LIAISON.section
    entered = Entered(subject=str(about or ""), kept=kept, section=section)
    entry = record_entry_as(work, case, RECORD_LIAISON, command, entered)
    if process is not None:
        carry_marks(work, case, process.entry, entry)
    return case


RECORD_LIAISON = Act(
    name="record_liaison",
    command=RecordLiaison,
    perform=record_liaison,
    permission=Permission.RECORD_PROCESSES,
    doing="record a contact about other proceedings",
    stages=WHILE_OPEN,
    entry=EntryType.LIAISON_RECORDED,
    kept=LiaisonKept,
    section=Section.TERMS,
    holds_family_data=True,
)


def _who_had_it(work: UnitOfWork, case: Case, said: RecordLiaison) -> dict[str, str | None]:
    """Return who had the contact: the police's representative, or who it was in their place.

    Once a review team is named, a contact with the police, their family liaison or the prosecution
    is its police representative's; had by another it is had on their behalf, with a reason (LC-27).
    """
    theirs = police_representative(work, case, said.held_on)
    if said.by_representative and theirs is None:
        raise AnswerRefused(
            "by_representative",
            in_own_words(
                "No review team with somebody for the police was on record on that day: say who "
                "had the contact."
            ),
        )
    if said.by_representative:
        if said.had_by is not None:
            raise AnswerRefused("had_by", f"You have said that it was had by {theirs}.")
        _must_be_on_nobodys_behalf(said)
        return {"had_by": theirs}
    if said.had_by is None:
        raise AnswerRefused("had_by", "Say who had the contact for this partnership (LC-27).")
    if theirs is None or said.whom not in OF_THE_POLICE:
        _must_be_on_nobodys_behalf(said)
        return {"had_by": said.had_by}
    _must_say_why_another(said, theirs)
    return {"had_by": said.had_by, "on_behalf_of": theirs}


def _must_say_why_another(said: RecordLiaison, theirs: str) -> None:
    """Refuse a contact that is the representative's, had by another without a reason (LC-27)."""
    if said.by_representative is None:
        raise AnswerRefused(
            "by_representative",
            f"{theirs} {in_own_words(_STANDS_FOR_POLICE)}: say whether they had it (LC-27).",
        )
    if said.on_behalf is None:
        raise AnswerRefused(
            "on_behalf",
            f"Such a contact is had by {theirs}, who {in_own_words(_STANDS_FOR_POLICE)}: say "
            "why another had it on their behalf (LC-27).",
        )


def _must_be_on_nobodys_behalf(said: RecordLiaison) -> None:
    """Refuse a reason for standing in where nobody did."""
    if said.on_behalf is not None:
        raise AnswerRefused("on_behalf", "Nobody had it on another's behalf: leave this empty.")
