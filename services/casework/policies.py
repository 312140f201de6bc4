"""Acts on a partnership's policy: one person proposes a version, another applies it (GOV-04).

Each agency adopts it then.

No case changes: it keeps the policy with which it began, and so do its clocks (P15, decision 0005).
An adoption is evidence that an agency follows the framework, and nothing waits for it (GOV-01).
"""

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from services.casework.audit import note_administration
from services.casework.commands import Command, Day, LongText, ShortText, ShownRound, YesNo
from services.casework.second_person import (
    answered_before,
    must_be_another,
    must_say_why_not,
)
from services.database.partnerships import PolicyVersion, lock_partnership
from services.database.policies import (
    PolicyAdoption,
    PolicyAnswer,
    adoption_by,
    get_policy_version,
    policy_answers,
    policy_versions,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import AdministrativeEvent, salted_digest
from services.domain.clocks.policy_json import (
    PartnershipPolicy,
    policy_from_json,
    policy_to_json,
    stored_policy,
)
from services.domain.errors import AlreadyDone, AnswerRefused, NotPermitted, RuleBroken
from services.domain.roles import Permission
from services.domain.working_days import london_date, written


class RaisePolicy(Command):
    """Why the partnership's policy changes, and who agreed it (GOV-04)."""

    reason: LongText = Field(
        title="Why does it change?",
        description="For example which national guidance or practice changed.",
    )
    agreed: ShortText = Field(
        title="Who agreed it, and when?", description="For example the partners' executive."
    )
    effective_on: Day = Field(
        title="From which day does it hold?",
        description="Cases that are opened before go on by the policy with which they began.",
    )


class AnswerPolicy(Command):
    """What a second person says of a proposed version of the policy."""

    is_approved: YesNo = Field(
        title="Is it applied?",
        description="It then holds from its day on, for cases that are opened from then on.",
    )
    reasons: ShortText | None = Field(default=None, title="Why not, if it is not?")


class AdoptPolicy(Command):
    """Your agency's adoption of the partnership's framework and policy (GOV-01).

    It is evidence that your agency follows the framework. Nothing waits for it.
    """

    version: ShownRound = Field(title="Version")
    adopted_on: Day = Field(title="When did your agency adopt it?")
    decided_by: ShortText = Field(
        title="Who decided it for your agency?", description="A name and a post."
    )


def propose_policy(work: UnitOfWork, command: RaisePolicy, policy: PartnershipPolicy) -> int:
    """Put the next version of the policy to a second person; return its number.

    What loosens a national limit is refused where the policy is read. Nothing changes before the
    second person has approved it, and nothing before its day.
    """
    work.actor.must(Permission.PROPOSE_POLICY)
    partnership = lock_partnership(work.session)
    for before in (newest_applied(work), stored_policy(partnership.policy)):
        if policy == before:
            raise RuleBroken("This is the policy in force, or to come: nothing would change.")
        if policy.version == before.version:
            raise AnswerRefused("version", f"Give it another version than {before.version}.")
    if waiting_version(work) is not None:
        raise RuleBroken("Another version waits for a second person: it is answered first.")
    _must_not_overtake(work, command.effective_on)
    said = policy_to_json(policy)
    policy_from_json(said)  # what could not be read again is refused, and never kept
    raised = PolicyVersion(
        tenant_id=work.actor.partnership_id,
        version=policy_versions(work.session)[0].version + 1,
        policy=said,
        reason=command.reason,
        agreed=command.agreed,
        raised_by=work.actor.person_id,
        raised_at=work.now,
        effective_on=command.effective_on,
    )
    work.session.add(raised)
    work.session.flush()
    _note(work, AdministrativeEvent.POLICY_PROPOSED, raised)
    return raised.version


def _note(work: UnitOfWork, event: AdministrativeEvent, one: PolicyVersion) -> None:
    told = {"policy": one.version, "digest": salted_digest(str(one.version), one.policy)}
    note_administration(work, event, told)


def _must_not_overtake(work: UnitOfWork, effective_on: date) -> None:
    """Refuse a day in the past, and one before that of a version which is applied already.

    The newest version holds: what begins before an older one would keep that from ever holding.
    """
    if effective_on < work.today:
        raise AnswerRefused("effective_on", "It cannot hold from a day in the past.")
    applied = version_to_come(work)
    if applied is not None and applied.effective_on and effective_on < applied.effective_on:
        raise AnswerRefused(
            "effective_on",
            f"Version {applied.version} is applied and holds from {written(applied.effective_on)}: "
            "enter that day or a later one.",
        )


def newest_applied(work: UnitOfWork) -> PartnershipPolicy:
    """Return the newest policy that two people applied: to come, or else in force."""
    applied = version_to_come(work)
    return stored_policy(applied.policy if applied else work.partnership.policy)


def version_to_come(work: UnitOfWork) -> PolicyVersion | None:
    """Return the newest version that is applied and does not hold yet, if one is."""
    return next(_versions_to_come(work), None)


def _versions_to_come(work: UnitOfWork) -> Iterator[PolicyVersion]:
    """Yield the versions that are applied since the one in force, newest first."""
    answers, held = policy_answers(work.session), work.partnership.policy_version
    approved = {number for number, answer in answers.items() if answer.is_approved}
    for one in policy_versions(work.session):
        if one.version > held and one.version in approved:
            yield one


def answer_policy(work: UnitOfWork, number: int, command: AnswerPolicy) -> None:
    """Apply a proposed version, or refuse it; another person answers than proposed (GOV-04).

    It holds from its day on, or from today where that day has passed. Cases that are open go on by
    the policy with which they began.
    """
    work.actor.must(Permission.DECIDE_POLICY)
    lock_partnership(work.session)
    version = waiting_version(work)
    must_not_be_answered(work, str(number))
    if version is None or version.version != number or version.raised_by is None:
        raise AlreadyDone("This version does not wait for a second person.")
    must_be_another(work, version.raised_by, does="applies")
    must_say_why_not(is_approved=command.is_approved, reasons=command.reasons)
    work.session.add(
        PolicyAnswer(
            tenant_id=work.actor.partnership_id,
            version=version.version,
            raised_by=version.raised_by,
            is_approved=command.is_approved,
            reasons=command.reasons or "",
            answered_by=work.actor.person_id,
            answered_at=work.now,
        )
    )
    work.session.flush()
    event = AdministrativeEvent.POLICY_RAISED
    if not command.is_approved:
        event = AdministrativeEvent.POLICY_REFUSED
    _note(work, event, version)
    put_due_policy_in_force(work)


def put_due_policy_in_force(work: UnitOfWork) -> None:
    """Let the newest version whose day has come hold, if a second person has approved it.

    It is asked in regular rounds and before each case is opened, so that a case of the first minute
    of the day begins by it.
    """
    to_come = _versions_to_come(work)
    due = next(
        (one for one in to_come if one.effective_on and one.effective_on <= work.today), None
    )
    if due is None:
        return
    partnership = lock_partnership(work.session)
    if due.version > partnership.policy_version:
        partnership.policy, partnership.policy_version = due.policy, due.version
        work.session.add(partnership)
        work.session.flush()


def in_force_since(work: UnitOfWork, one: PolicyVersion) -> date | None:
    """Return the day from which the version held: its own, or that of the answer if later."""
    if one.effective_on is None:
        return london_date(one.raised_at) if one.raised_at is not None else None
    answer = policy_answers(work.session).get(one.version)
    if answer is None or not answer.is_approved:
        return None
    return max(one.effective_on, london_date(answer.answered_at))


def waiting_version(work: UnitOfWork) -> PolicyVersion | None:
    """Return the version that waits for a second person, if one does."""
    answers = policy_answers(work.session)
    waiting = (
        one
        for one in policy_versions(work.session)
        if one.effective_on is not None and one.version not in answers
    )
    return next(waiting, None)


def must_not_be_answered(work: UnitOfWork, number: str) -> None:
    """Refuse a version on which somebody has answered already, and say who, how and when."""
    told = {str(one): answer for one, answer in policy_answers(work.session).items()}
    answer = told.get(number)
    if answer is not None:
        by, at, is_yes = answer.answered_by, answer.answered_at, answer.is_approved
        raise answered_before(work, "This version", by, at, is_approved=is_yes)


def adopt_policy(work: UnitOfWork, command: AdoptPolicy) -> None:
    """Record that the actor's agency adopts the version in force; each version is asked once."""
    work.actor.must(Permission.ADOPT_POLICY)
    agency_id = work.actor.agency_id
    if agency_id is None:
        raise NotPermitted("Only a person of an agency adopts the policy for it.")
    version = lock_partnership(work.session).policy_version
    if command.version != version:
        raise RuleBroken(f"The policy has changed meanwhile: version {version} is in force.")
    if command.adopted_on > work.today:
        raise AnswerRefused("adopted_on", "Enter a day that is not in the future.")
    since = in_force_since(work, get_policy_version(work.session, version))
    if since is not None and command.adopted_on < since:
        raise AnswerRefused("adopted_on", f"This version is in force since {written(since)} only.")
    if adoption_by(work.session, version, agency_id) is not None:
        raise AlreadyDone("Your agency's adoption of this version is on record.")
    work.session.add(
        PolicyAdoption(
            tenant_id=work.actor.partnership_id,
            agency_id=agency_id,
            version=version,
            adopted_on=command.adopted_on,
            decided_by=command.decided_by,
            recorded_by=work.actor.person_id,
            recorded_at=work.now,
        )
    )
    work.session.flush()
    told = {"policy": version, "object": str(agency_id)}
    note_administration(work, AdministrativeEvent.POLICY_ADOPTED, told)


def is_asked_to_adopt(work: UnitOfWork) -> bool:
    """Tell whether the actor's agency has yet to adopt the version in force."""
    agency_id = work.actor.agency_id
    if agency_id is None or not work.actor.may(Permission.ADOPT_POLICY):
        return False
    return adoption_by(work.session, work.partnership.policy_version, agency_id) is None
