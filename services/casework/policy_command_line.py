"""A partnership's policies at the command line: proposed, applied, listed and shown."""

import json
from collections.abc import Iterator
from uuid import uuid4

from services.casework.audit import note_administration
from services.casework.engine.transactions import TransactionContext, translated
from services.casework.named_person import NamedPerson, actor_named
from services.casework.policies import (
    AnswerPolicy,
    RaisePolicy,
    answer_policy,
    propose_policy,
    waiting_version,
)
from services.database.partnerships import agencies
from services.database.policies import adoptions_of, get_policy_version, policy_versions
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.audit import AdministrativeEvent
from services.domain.clocks.policy_json import PartnershipPolicy
from services.domain.roles import Permission


def propose_in_name(
    context: TransactionContext, who: NamedPerson, command: RaisePolicy, new: PartnershipPolicy
) -> int:
    """Propose the version in that person's name, and note that it was done at the command line."""
    actor = actor_named(context, who, Permission.PROPOSE_POLICY)
    now = context.now()
    with translated(), unit_of_work(context.engine, actor, now, context.calendar, uuid4()) as work:
        number = propose_policy(work, command, new)
        note_administration(work, AdministrativeEvent.COMMAND_LINE_USED)
    return number


def apply_in_name(context: TransactionContext, who: NamedPerson, number: int) -> None:
    """Apply the version in a second person's name, and note that it was done here."""
    actor = actor_named(context, who, Permission.DECIDE_POLICY)
    now = context.now()
    with translated(), unit_of_work(context.engine, actor, now, context.calendar, uuid4()) as work:
        answer_policy(work, number, AnswerPolicy(is_approved=True))
        note_administration(work, AdministrativeEvent.COMMAND_LINE_USED)


def listed(work: UnitOfWork) -> Iterator[str]:
    """Yield every version with its reason, and the agencies that have yet to adopt the newest."""
    for one in policy_versions(work.session):
        when = f"{one.raised_at:%Y-%m-%d}" if one.raised_at else "founding"
        agreed = f" Agreed: {one.agreed}" if one.agreed else ""
        yield f"{one.version}  {when}  {one.policy['version']}: {one.reason}{agreed}"
    waiting = waiting_version(work)
    if waiting is not None:
        yield f"waits for a second person: version {waiting.version}"
    adopted = {one.agency_id for one in adoptions_of(work.session, work.partnership.policy_version)}
    for agency in agencies(work.session):
        if agency.id not in adopted:
            yield f"not adopted yet: {agency.name}"


def shown(work: UnitOfWork, version: int) -> Iterator[str]:
    """Yield one version as it was in force."""
    yield json.dumps(get_policy_version(work.session, version).policy, indent=2)
