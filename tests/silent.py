"""What is asked and told about agencies that do not answer, as tests read it."""

from collections.abc import Iterator

from services.casework.engine.reminders import enqueue_reminders
from services.casework.steps.scoping import silence
from services.database.agency_requests import AgencyRequest, get_request
from services.database.outbox import OutboxEmail, case_emails
from services.domain.agency_requests import Asked
from services.domain.roles import Role
from services.domain.todos import ON_SILENCE
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests import silence_factories as on_silence
from tests.driven import Driven
from tests.world import SCHOOL

MANAGER, CHAIR, PARTNER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.SAFEGUARDING_PARTNER


def turns(case: Driven) -> list[tuple[str, str]]:
    """Return what is asked about silence, each with its last day."""
    return sorted((one.todo.value, str(one.last_day)) for one in _on_silence(case))


def _on_silence(case: Driven) -> Iterator[object]:
    return (one for one in case.turns() if one.todo in ON_SILENCE)


def round_on(case: Driven, day: str) -> list[tuple[str, str]]:
    """Make the round of that day; return what is asked about silence then."""
    keyline = service_actor(case.world.ours.partnership_id, KEYLINE_ITSELF)
    with case.world.act(keyline, day) as work:
        enqueue_reminders(work)
    return turns(case)


def told(case: Driven, event: str) -> list[str]:
    """Return to whom the event's emails go, by the first part of the address, and their day."""
    return sorted(
        f"{one.address.partition('@')[0]} {one.content['due'] or '-'} {one.content['todo'] or '-'}"
        for one in emails_on(case)
        if one.event.value == event
    )


def emails_on(case: Driven) -> list[OutboxEmail]:
    with case.world.act(MANAGER) as work:
        found = case_emails(work.session, case.case_id)
        work.session.expunge_all()
        return found


def request_of(case: Driven, kind: Asked = Asked.SCOPING_RETURN) -> AgencyRequest:
    with case.world.act(MANAGER) as work:
        found = get_request(work.session, case.case_id, kind, case.agency(SCHOOL))
        work.session.expunge(found)
        return found


def climb(case: Driven, *days: tuple[str, str], kind: Asked = Asked.SCOPING_RETURN) -> None:
    """Take as many steps as days are given: on which day each is taken, and by when the next."""
    steps = (
        (silence.refer_silence, on_silence.refer_silence, MANAGER),
        (silence.reach_strategic_lead, on_silence.reach_strategic_lead, CHAIR),
        (silence.put_silence_to_partners, on_silence.put_silence_to_partners, CHAIR),
        (silence.act_formally, on_silence.act_formally, PARTNER),
    )
    for (act, make, who), (on, by_when) in zip(steps, days, strict=False):
        case.do(act, make(case.agency(SCHOOL), by_when=by_when, asked=kind), who, on)
