"""The partners seek to resolve a disagreement by dialogue: it is put on record (GOV-11)."""

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, Day, LongText, YesNo
from services.casework.joint.matters import bearer_of
from services.casework.steps.rounds.dissent_days import day_that_waits
from services.casework.steps.rounds.sign_off_rounds import (
    end_route,
    have_others_look,
    round_of,
)
from services.casework.steps.sign_off.dissent_route import (
    ask_leads,
    dissents_now,
)
from services.casework.steps.sign_off.sign_off import READ_TO_SIGN, SIGN_ACTS, SIGNED_AT
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.dissent import DialogueResult, route_of
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import must_stand_at


class RecordDialogue(Command):
    """What the partners did to resolve a disagreement, and what it came to (GOV-11).

    It decides nothing: whatever it comes to, nothing is decided until every partner agrees.
    """

    matter: SignOffMatter = Field(title="On what do the partners disagree?")
    held_on: Day = Field(title="When did they last speak about it?")
    took_part: LongText = Field(title="Who took part?")
    account: LongText = Field(title="What was said?")
    scrutineer_supported: YesNo = Field(
        title="Did the independent scrutineer support the dialogue?",
        description="The scrutineer fills no seat and decides nothing (GOV-13).",
    )
    result: DialogueResult = Field(title="What did it come to?")


def record_dialogue(work: UnitOfWork, case_id: CaseId, command: RecordDialogue) -> Case:
    """Put the dialogue on record, by which the step ends; the positions stay as they are."""
    case, matter = begin(work, case_id, RECORD_DIALOGUE, command), command.matter
    must_stand_at(case.stage, *SIGN_ACTS[matter].stages, doing=RECORD_DIALOGUE.doing)
    _must_be_of_a_dissent(work, case, command)
    round_ = round_of(work, case, matter)
    entered = Entered(
        subject=route_of(matter, round_, command.result), section=SIGN_ACTS[matter].section
    )
    record_entry_as(work, case, RECORD_DIALOGUE, command, entered)
    end_route(work, case, matter)
    if command.result is DialogueResult.NOT_RESOLVED:
        ask_leads(work, case, matter)
    have_others_look(work, case, matter, last_day=day_that_waits(work, case, matter))
    return case


def is_disputed(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a partner disagrees with a matter that our own case carries where it stands."""
    return any(
        bearer_of(work, case, one).is_own(case) and dissents_now(work, case, one)
        for one in SignOffMatter
        if case.stage in SIGN_ACTS[one].stages
    )


def _must_be_of_a_dissent(work: UnitOfWork, case: Case, command: RecordDialogue) -> None:
    """Refuse a dialogue about what nobody disagrees with, or of a day before it or to come."""
    if not bearer_of(work, case, command.matter).is_own(case):
        raise AnswerRefused("matter", "The partnership that leads the review records it.")
    against = dissents_now(work, case, command.matter)
    if not against:
        raise AnswerRefused("matter", "No partner disagrees with what was put to them of this.")
    # They spoke about every disagreement that stands: not before the newest was given (GOV-11).
    if not max(one.signed_on for one in against) <= command.held_on <= work.today:
        raise AnswerRefused("held_on", "Enter a day from the newest disagreement to today.")


RECORD_DIALOGUE = Act(
    name="record_dialogue",
    command=RecordDialogue,
    which="matter",
    perform=record_dialogue,
    permission=Permission.RESOLVE_DISAGREEMENT,
    doing="record the partners' dialogue about a disagreement",
    stages=SIGNED_AT,
    entry=EntryType.DIALOGUE_RECORDED,
    todo=Todo.RESOLVE_DISAGREEMENT,
    shows=READ_TO_SIGN,
    is_offered=is_disputed,
    section=Section.CRITERIA_AND_DECISION,
    holds_family_data=True,
)
