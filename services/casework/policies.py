"""Acts on a partnership's policy: a new version is raised, and each agency adopts it.

No case changes: it keeps the policy with which it began, and so do its clocks (P15, decision 0005).
An adoption is evidence that an agency follows the framework, and nothing waits for it (GOV-01).
"""

from pydantic import Field

from services.casework.audit import note_administration
from services.casework.commands import Command, Day, LongText, ShortText, ShownRound
from services.database.partnerships import PolicyVersion, lock_partnership
from services.database.policies import PolicyAdoption, adoption_by, get_policy_version
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import AdministrativeEvent, salted_digest
from services.domain.clocks.policy_json import (
    PartnershipPolicy,
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


class AdoptPolicy(Command):
    """Your agency's adoption of the partnership's framework and policy (GOV-01).

    It is evidence that your agency follows the framework. Nothing waits for it.
    """

    version: ShownRound = Field(title="Version")
    adopted_on: Day = Field(title="When did your agency adopt it?")
    decided_by: ShortText = Field(
        title="Who decided it for your agency?", description="A name and a post."
    )


def raise_policy(work: UnitOfWork, command: RaisePolicy, policy: PartnershipPolicy) -> int:
    """Put the next version of the policy in force, and keep the old one; return its number.

    What loosens a national limit is refused where the policy is read. Cases that are open go on by
    the policy with which they began.
    """
    work.actor.must(Permission.CHANGE_POLICY)
    partnership = lock_partnership(work.session)
    before = stored_policy(partnership.policy)
    if policy == before:
        raise RuleBroken("This is the policy in force: nothing would change.")
    if policy.version == before.version:
        raise AnswerRefused("version", f"Give it another version than {before.version}.")
    said = policy_to_json(policy)
    partnership.policy, partnership.policy_version = said, partnership.policy_version + 1
    raised = PolicyVersion(
        tenant_id=work.actor.partnership_id,
        version=partnership.policy_version,
        policy=said,
        reason=command.reason,
        agreed=command.agreed,
        raised_by=work.actor.person_id,
        raised_at=work.now,
    )
    work.session.add_all((partnership, raised))
    work.session.flush()
    told = {"policy": raised.version, "digest": salted_digest(str(raised.version), said)}
    note_administration(work, AdministrativeEvent.POLICY_RAISED, told)
    return raised.version


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
    raised_at = get_policy_version(work.session, version).raised_at
    if raised_at is not None and command.adopted_on < london_date(raised_at):
        raised_on = written(london_date(raised_at))
        raise AnswerRefused("adopted_on", f"This version is in force since {raised_on} only.")
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
