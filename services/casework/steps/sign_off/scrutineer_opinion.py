"""The independent scrutineer's opinion on what the partners are asked to sign (GOV-13).

It is advice: it fills no seat, no step waits for it, and it decides nothing.
"""

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText
from services.casework.joint.matters import bearer_of, entries_said
from services.casework.steps.rounds.sign_off_rounds import all_agree, newest_round, round_of
from services.casework.steps.sign_off.sign_off import READ_TO_SIGN, SIGN_ACTS, SIGNED_AT
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter


class GiveOpinion(Command):
    """The scrutineer's opinion, which the partners read before they sign (GOV-13).

    It counts for no seat and never stands in for what the partners are responsible for.
    """

    matter: SignOffMatter = Field(title="On what?")
    opinion: LongText = Field(title="Your opinion")


def give_opinion(work: UnitOfWork, case_id: CaseId, command: GiveOpinion) -> Case:
    """Keep the opinion beside the version that is before the partners now."""
    case = begin(work, case_id, GIVE_OPINION, command)
    if not is_before_partners(work, case, command.matter):
        raise AnswerRefused("matter", "The partners are not asked to sign this now.")
    subject = f"{command.matter}:{round_of(work, case, command.matter)}"
    entered = Entered(subject=subject, section=SIGN_ACTS[command.matter].section)
    record_entry_as(work, case, GIVE_OPINION, command, entered)
    return case


def is_before_partners(work: UnitOfWork, case: Case, matter: SignOffMatter) -> bool:
    """Tell whether a version of the matter waits for the partners."""
    return bool(round_of(work, case, matter)) and not all_agree(work, case, matter)


GIVE_OPINION = Act(
    name="give_opinion",
    command=GiveOpinion,
    which="matter",
    perform=give_opinion,
    permission=Permission.GIVE_OPINION,
    doing="give an opinion on what the partners sign",
    stages=SIGNED_AT,
    entry=EntryType.OPINION_GIVEN,
    shows=READ_TO_SIGN,
    is_offered=lambda work, case: any(
        is_before_partners(work, case, matter) for matter in SignOffMatter
    ),
    section=Section.CRITERIA_AND_DECISION,
    holds_family_data=True,
)


def opinions_on(work: UnitOfWork, case: Case, matter: SignOffMatter) -> list[Entry]:
    """Return the opinions on the newest version of the matter that the actor may read.

    They are those of our own scrutineer, and of the scrutineer of the case that carries the matter.
    """
    own = all_of(work.session, case.id, EntryType.OPINION_GIVEN)
    theirs = (
        []
        if bearer_of(work, case, matter).is_own(case)
        else entries_said(work, case, matter, EntryType.OPINION_GIVEN)
    )
    subject = f"{matter}:{newest_round(work, case, matter)}"
    return [one for one in (*theirs, *own) if one.subject == subject]
