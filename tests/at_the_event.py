"""A practitioner who is invited to the learning event in their own person, as they act."""

from services.casework.steps import declaration
from services.casework.steps.learning_event import draft_heard, participant_invited, planning
from services.casework.steps.learning_event.participants import participants_on
from services.database.cases import get_case
from services.domain.identifiers import AgencyId, PersonId
from services.domain.roles import Actor, Role
from tests import factories
from tests.driven import Driven
from tests.learning_factories import call_off_learning_event, plan_learning_event
from tests.participant_factories import (
    say_ask_participants,
    say_invite_participant,
    say_of_draft,
    say_withdraw_participant,
)

REVIEWER, MANAGER = Role.LEAD_REVIEWER, Role.BUSINESS_MANAGER


def practitioner(case: Driven, when: str) -> Actor:
    """Return the newest practitioner on the list, as they act."""
    with case.world.act(MANAGER, when) as work:
        guest = participants_on(work, get_case(work.session, case.case_id))[-1].guest
        return Actor(
            person_id=PersonId(guest.person_id),
            partnership_id=case.world.ours.partnership_id,
            role=Role.PRACTITIONER,
            agency_id=AgencyId(guest.agency_id),
        )


def invite(case: Driven, when: str, **but: object) -> Actor:
    """Put a practitioner on the list, by the lead reviewer."""
    said = say_invite_participant(**{"agency": case.agency(), **but})
    case.do(participant_invited.invite_participant, said, REVIEWER, when)
    return practitioner(case, when)


def withdraw(case: Driven, when: str) -> None:
    """End the access of the first on the list."""
    with case.world.act(MANAGER, when) as work:
        first = participants_on(work, get_case(work.session, case.case_id))[0].guest.id
    ended = say_withdraw_participant(first)
    case.do(participant_invited.withdraw_participant, ended, MANAGER, when)


def take_part(case: Driven, when: str = "2026-02-02") -> Driven:
    """Plan an event, put a practitioner on the list, off it and on again, who declares.

    That event is called off; another is planned with their post, as a rule.
    """
    planned = plan_learning_event(case.agency())
    case.do(planning.plan_learning_event, planned, MANAGER, when)
    invite(case, when)
    withdraw(case, when)
    actor = invite(case, when)
    case.do(declaration.declare, factories.declare(), actor, when)
    case.do(planning.call_off_learning_event, call_off_learning_event(), MANAGER, when)
    return case


def say_it_is_right(case: Driven, when: str) -> Driven:
    """Ask those on the list about the draft; the practitioner finds it right."""
    asked = say_ask_participants()
    case.do(draft_heard.ask_participants, asked, REVIEWER, when)
    case.do(draft_heard.say_of_draft, say_of_draft(), practitioner(case, when), when)
    return case
