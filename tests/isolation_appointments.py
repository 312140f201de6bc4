"""A row in each table of appointments, and what a mutation lets somebody make of theirs."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from sqlmodel import select

from services.casework.audit import note_row
from services.database.appointments import (
    Appointment,
    AppointmentAnswer,
    AppointmentLink,
    MembershipReview,
)
from services.database.directory import DirectoryRow
from services.database.lost_factors import LostFactor
from services.database.migrations.roles import APP, SIGN_IN, WORKER
from services.database.people import Membership
from services.database.signed_context import NONE_CHOSEN
from services.domain.appointments import AnswerOf
from services.domain.audit import PeopleEvent
from services.domain.roles import Role
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests.information_requests import TABLES_OF_REQUESTS
from tests.inspection_packs import TABLES_OF_PACKS
from tests.servers import CONTEXT_KEY
from tests.world import World, at

LASTS: Final = 7200
ADDED_OF_PEOPLE: Final = (
    "appointment_answers",
    "appointments",
    "lost_factors",
    "membership_reviews",
)
TABLES_OF: Final = (
    "appointment_answers",
    "appointment_links",
    "appointments",
    "lost_factors",
    "membership_reviews",
)

WHEN = "2026-12-01"


def with_an_appointment(world: World) -> None:
    """Put an appointment on record that its administrator took back, its address, and a review."""
    administrator = world.ours.actor(Role.PARTNERSHIP_ADMINISTRATOR)
    of = {"tenant_id": administrator.partnership_id, "added_by": administrator.person_id}
    appointment = Appointment(
        **of,
        id=uuid4(),
        address="x@example.org",
        name="x",
        role=Role.REVIEW_GROUP_MEMBER,
        from_on=date(2026, 12, 1),
        reasons="x",
        added_at=at(WHEN),
    )
    answer = AppointmentAnswer(
        **of,
        appointment_id=appointment.id,
        answer_of=AnswerOf.WITHDRAWN,
        is_yes=True,
        answered_by=administrator.person_id,
        answered_at=at(WHEN),
    )
    with world.act(administrator, WHEN) as work:
        held = work.session.exec(select(Membership.id)).first()
        review = MembershipReview(**of, membership_id=held, reasons="x", added_at=at(WHEN))
        person = world.ours.actor(Role.BUSINESS_MANAGER).person_id
        lost = LostFactor(**of, person_id=person, reasons="x", added_at=at(WHEN))
        rows: list[DirectoryRow] = [appointment, answer, review, lost]
        for row in rows:
            work.session.add(row)
            work.session.flush()
            note_row(work, PeopleEvent.APPOINTED, row)
        appointment_id = appointment.id
    write_address(world, appointment_id)


def write_address(world: World, appointment_id: UUID) -> None:
    """Keep a one-time address of the appointment, as Keyline itself."""
    keyline = service_actor(world.ours.partnership_id, KEYLINE_ITSELF)
    with world.act(keyline, WHEN) as work:
        link = AppointmentLink(
            tenant_id=world.ours.partnership_id,
            appointment_id=appointment_id,
            answer_of=AnswerOf.APPOINTED,
            address_sha256="d" * 64,
            written_at=at(WHEN),
            closes_at=at(WHEN),
        )
        work.session.add(link)


def appointing(
    scene: Any, contexts: Mapping[str, str], add: Callable[..., str]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield attempts to appoint, to open accounts, to end roles, to write in others' names."""
    ids, keyline = scene.appointments, CONTEXT_KEY.sign(scene.ours, NONE_CHOSEN, LASTS)
    signed = {
        name: CONTEXT_KEY.sign(scene.ours, UUID(ids[f"person: {name}"]), LASTS)
        for name in ("first", "second", "new", "manager", "platform")
    }
    said = {
        "keyline": keyline,
        **signed,
        **{one: contexts[one] for one in ("none", "theirs", "forged")},
    }
    for name, context in said.items():
        for whose, one in ids.items():
            kind = whose.partition(":")[0]
            for number, what in enumerate(_TRIED[kind]):
                tried = what.format(id=one, other=ids["appointment: to open"])
                yield APP, f"{name}, {whose}, {number}", context, tried
        yield APP, f"{name}, address", context, "select count(*) from watch.appointment_link_at('')"
        changed = "update appointment_links set ended_at = now() where ended_at is null"
        yield APP, f"{name}, ending addresses", context, changed
        for table in (
            "appointments",
            "appointment_answers",
            "appointment_links",
            "lost_factors",
            "membership_reviews",
            *TABLES_OF_PACKS,
            *TABLES_OF_REQUESTS,
        ):
            row = scene.rows[table]
            yield APP, f"{name}, {table}", context, add(table, row)
            if table == "appointment_answers":
                new = {"answered_by": None, "answer_of": "second_person"}
                yield APP, f"{name}, for nobody", context, add(table, row, **new)
    for who in (WORKER, SIGN_IN):
        for one in ids.values():
            yield who, f"appoint {one}", keyline, f"select sec.appoint('{one}')"


_STATE: Final = """
do $do$ declare done text; told text; begin
  done := {call};
  perform set_config('role', 'none', true);
  select md5(string_agg(concat_ws(',', m.tenant_id, m.id, m.person_id, m.role, m.to_on), ';'
    order by m.id))
    || ' ' || (select count(*) from credentials) || ' '
    || (select md5(string_agg(concat_ws(',', p.email, p.name), ';' order by p.email)) from people p)
    into told from memberships m;
  raise exception using errcode = 'KL000', message = coalesce(done, 'no') || ' ' || told;
end $do$
"""
_OPENED: Final = "(sec.open_account('{id}', '{id}appointed', 'x', {kept}) is not null)::text"
_TRIED: Final = {
    "appointment": (
        _STATE.replace("{call}", "sec.appoint('{id}')::text"),
        _STATE.replace("{call}", _OPENED.replace("{kept}", "'x'")),
        _STATE.replace("{call}", _OPENED.replace("{kept}", "''")),
        "select sec.has_account_for('{id}')",
        "select sec.open_account('{id}', '{other}appointed', 'x', 'x') is null",
        "select sec.open_account('{id}', '{id}second_person', 'x', 'x') is null",
        "select count(*) from watch.appointment_link_at(encode(sha256('{id}appointed'), 'hex'))",
    ),
    "person": (
        "select sec.has_account('{id}@x.example')",
        "select sec.has_account('nobody@x.example')",
        "select sec.is_own('{id}@x.example')",
        "select sec.is_own('nobody@x.example')",
        "select sec.drafts_of('{id}')",
    ),
    "review": (_STATE.replace("{call}", "sec.end_membership('{id}')::text"),),
}
