"""A rapid review on which not every seat agrees, sent to the Panel for its information (GOV-11)."""

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText
from services.casework.effects import ToSend, order_dispatches
from services.casework.joint.matters import parties_deciding, signatures
from services.casework.joint.signatories import signatories
from services.casework.steps.rapid_review.reconsidering import is_reopened
from services.casework.steps.rounds.sign_off_rounds import all_agree, round_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import Notice
from services.domain.entry_types import EntryType, Section
from services.domain.errors import StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.parties import standing
from services.domain.plain_text import capital
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage, Step


class InformOfUnagreed(Command):
    """The rapid review as it was put last, for the Panel's information while a partner disagrees.

    It says who does not agree. It is no submission: the Panel's day is not met by it, and no
    decision is taken (GOV-11, RR-30). Tell the Panel of the lateness first (RR-37).
    """

    reasons: LongText = Field(title="Why is it sent before every partner agrees?")


class UnagreedSent(Command):
    """What is kept of it, with who did not agree when it was sent."""

    not_agreed_by: str = Field(title="Not agreed by")
    reasons: str = Field(title="Why is it sent before every partner agrees?")


def inform_of_unagreed(work: UnitOfWork, case_id: CaseId, command: InformOfUnagreed) -> Case:
    """Have the record sent that not every seat agrees on; no clock is met and none begins."""
    case = begin(work, case_id, INFORM_OF_UNAGREED, command)
    if not is_unagreed(work, case):
        raise StepNotOpen("No decision is before the partners on which one of them disagrees.")
    kept = UnagreedSent(not_agreed_by=not_agreed_by(work, case), reasons=command.reasons)
    entry = record_entry_as(work, case, INFORM_OF_UNAGREED, command, Entered(kept=kept))
    order_dispatches(work, case, entry, ToSend(Step.SUBMIT, Notice.RAPID_REVIEW_UNAGREED))
    return case


def is_unagreed(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a decision is before the partners on which not all of them agree.

    What was put to them before the notification was withdrawn is before them no longer.
    """
    matter = SignOffMatter.RAPID_REVIEW
    is_put = round_of(work, case, matter) > 0 and not is_reopened(work, case)
    return is_put and not all_agree(work, case, matter)


def not_agreed_by(work: UnitOfWork, case: Case) -> str:
    """Return the seats that disagree in the newest round, or have not signed it, by their names."""
    matter = SignOffMatter.RAPID_REVIEW
    signed = signatures(work, case, matter, round_of(work, case, matter))
    stands = standing(signed, parties_deciding(work, case, matter))
    named = signatories(work, case, matter, signed)
    against = [f"{named.party(one.party)} (disagrees)" for one in stands.dissents]
    missing = [f"{named.party(one)} (has not signed)" for one in stands.missing]
    return capital("; ".join((*against, *missing)))


INFORM_OF_UNAGREED = Act(
    name="inform_of_unagreed",
    command=InformOfUnagreed,
    perform=inform_of_unagreed,
    permission=Permission.SUBMIT_TO_PANEL,
    doing="send a rapid review that is not agreed for information",
    stages=frozenset({Stage.RAPID_REVIEW}),
    entry=EntryType.UNAGREED_SENT,
    kept=UnagreedSent,
    shows=(EntryType.DECISION_PROPOSED,),
    is_offered=is_unagreed,
    section=Section.CRITERIA_AND_DECISION,
    is_joint=True,
)
