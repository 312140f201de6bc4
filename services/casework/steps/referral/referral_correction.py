"""What the referral said is corrected by saying all of it again: both versions stay on record.

A child joins or leaves in the same act. The clocks and papers that follow from what was said are
counted and made again (NOT-16, rules.md 2.2).
"""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import LongText, Moment, part_of
from services.casework.steps.police_marks.marks_carried import carry_marks
from services.casework.steps.referral.incident_kept import keep_children, set_incident
from services.casework.steps.referral.papers_remade import remake_papers
from services.casework.steps.referral.referral import REFER, Refer, ReferOn
from services.casework.steps.referral.referral_checks import must_be_possible_referral
from services.casework.steps.referral.referral_recount import Duties, recount
from services.casework.steps.referral.referred import Referral
from services.database.cases import Case
from services.database.history import Entry, all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import THE_REFERRAL, EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.subjects import Harm
from services.domain.workflow import BEFORE_REFERRAL, Stage
from services.domain.working_days import london_date


class CorrectReferral(Referral):
    """The referral as it is right now: change what is wrong, and leave the rest as it stands.

    Both versions stay in the timeline. Clocks that follow from it are counted again, and papers
    that say it are made again as new versions. When the authority became aware is corrected apart.
    A closed case stays closed: new information on it is another matter, and may reopen it.
    """

    death_told_at: Moment | None = Field(
        default=None,
        title="If a child has died since, when was the local authority told of the death?",
        description="The notice of a death in care counts from it (K3, K3b).",
    )
    reason: LongText = Field(
        title="What is corrected, and why?",
        description="For example a birth date from the birth register, or another child found.",
    )


def correct_referral(work: UnitOfWork, case_id: CaseId, command: CorrectReferral) -> Case:
    """Put a corrected referral in the place of the one on record, which stays in sight."""
    case = begin(work, case_id, CORRECT_REFERRAL, command)
    told = _readable(work, case)
    must_be_possible_referral(work, command)
    _must_differ(as_referral(told[-1]), command)
    _must_fit_awareness(work, case, command)
    before = Duties.of(work, case)
    entry = record_entry(work, case, CORRECT_REFERRAL, command)
    carry_marks(work, case, told[-1], entry)
    keep_children(work, case, command.children, version=len(told) + 1)
    set_incident(case, command)
    if case.awareness == 1:
        case.referred_at = command.received_at
    work.session.add(case)
    work.session.flush()
    told_at = command.death_told_at
    recount(work, case, before, london_date(told_at) if told_at else None)
    remake_papers(work, case, entry)
    return case


CORRECT_REFERRAL = Act(
    name="correct_referral",
    command=CorrectReferral,
    perform=correct_referral,
    permission=Permission.CORRECT_REFERRAL,
    doing="correct the referral",
    stages=frozenset(Stage) - {Stage.INVITED, *BEFORE_REFERRAL},
    entry=EntryType.REFERRAL_CORRECTED,
    is_offered=lambda work, case: bool(facts(work.session, case.id, EntryType.REFERRED)),
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
)


def referral_on_record(work: UnitOfWork, case: Case) -> Referral | None:
    """Return the referral as it was last corrected, where the actor reads all of its versions."""
    told = _versions(work, case)
    hidden = len(told) < len(facts(work.session, case.id, *THE_REFERRAL))
    return part_of(as_referral(told[-1]), Referral) if told and not hidden else None


def as_referral(entry: Entry) -> Referral:
    """Return what an entry says of the incident, whether it refers or corrects."""
    if entry.entry_type is EntryType.REFERRAL_CORRECTED:
        return CorrectReferral.model_validate(entry.command)
    kind = Refer if entry.act == REFER.name else ReferOn
    return kind.model_validate(entry.command)


def _versions(work: UnitOfWork, case: Case) -> list[Entry]:
    return [one for kind in THE_REFERRAL for one in all_of(work.session, case.id, kind)]


def _readable(work: UnitOfWork, case: Case) -> list[Entry]:
    """Return every version of the referral; what is hidden from the actor they cannot correct."""
    if referral_on_record(work, case) is None:
        raise RuleBroken(
            "There is no referral here that you may correct: the case has none of its own, or a "
            "police-sensitive mark hides it from you."
        )
    return _versions(work, case)


def _must_differ(before: Referral, command: CorrectReferral) -> None:
    names = Referral.model_fields
    if all(getattr(before, name) == getattr(command, name) for name in names):
        raise AnswerRefused("reason", "Nothing differs from the referral that is on record.")


def _must_fit_awareness(work: UnitOfWork, case: Case, command: CorrectReferral) -> None:
    """Refuse an incident, or a death, of which the authority was aware before it (NOT-03)."""
    told_at = command.death_told_at
    if told_at is not None:
        if told_at > work.now or london_date(told_at) < command.incident_on:
            raise AnswerRefused("death_told_at", "Enter a time between the incident and now.")
        if case.is_death or all(one.harm is not Harm.DEATH for one in command.subjects):
            raise AnswerRefused("death_told_at", "Answer only where a child has died since.")
    if case.aware_at is not None and london_date(case.aware_at) < command.incident_on:
        raise AnswerRefused(
            "incident_on",
            "The local authority was aware before that day. Correct the one or the other.",
        )
