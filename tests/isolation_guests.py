"""Guests, and an organisation of one case only, and what a mutation lets one make of them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Connection, text

from services.database.guests import Guest, GuestLink
from services.database.partnership_row import PartnershipRow
from services.database.partnerships import Agency
from services.database.unit_of_work import UnitOfWork

LET_IN_AT: Final = "c" * 64
_GUEST: Final = text(
    "insert into guests (tenant_id, id, case_id, agency_id, person_id, name, post, telephone,"
    " address, comes_for, since, closes_on, ended_at) select :tenant, :id, c.id, a.id, :person,"
    " 'x', 'x', 'x', 'x@x', :comes_for, now(), current_date + 9, case when :ended then now() end"
    " from cases c join agencies a"
    " on a.tenant_id = c.tenant_id where c.tenant_id = :tenant limit 1"
)
_PERSON: Final = text(
    "insert into people (id, email, name, is_guest) values (:person, 'x@x', 'x', true)"
)
_GUEST_OF_THEIRS: Final = text(
    "insert into memberships (tenant_id, id, person_id, role, authority, decides, accountable_to,"
    " from_on) values (:tenant, gen_random_uuid(), :person, 'guest', '', '', '', current_date)"
)
_ENDED: Final = text(
    "insert into memberships (tenant_id, id, person_id, role, authority, decides, accountable_to,"
    " from_on, to_on) values (:tenant, :id, :person, :role, '', '', '', '2020-01-01', '2021-01-01')"
)
_SERVES: Final = text("select id from memberships where person_id = :person limit 1")


def guest_rows(work: UnitOfWork, case_id: UUID, agency_id: UUID) -> list[PartnershipRow]:
    """Return a guest on the case, whom nobody has let in, and an address for whoever comes.

    Beside them stands an organisation that is asked on that case only.
    """
    of = {
        "tenant_id": work.actor.partnership_id,
        "case_id": case_id,
        "agency_id": agency_id,
        "address": "x@example.org",
        "closes_on": date(2099, 1, 1),
    }
    said = {"person_id": uuid4(), "name": "x", "post": "x", "telephone": "x", "since": work.now}
    practice = {"name": "x", "kind": "gp_practice", "address": "x@example.org"}
    return [
        Agency(
            tenant_id=of["tenant_id"],
            case_id=case_id,
            listed_by=work.actor.person_id,
            **practice,
        ),
        Guest(**of, **said),
        GuestLink(**of, address_sha256=LET_IN_AT, written_at=work.now),
        GuestLink(**of, address_sha256="", written_at=work.now),
    ]


def _their_guest(link: Connection, scene: Any) -> UUID:
    """Add a guest of theirs who was let in, and return the person."""
    person = uuid4()
    link.execute(_PERSON, {"person": person})
    link.execute(_GUEST_OF_THEIRS, {"tenant": scene.theirs, "person": person})
    return person


def invite(link: Connection, scene: Any) -> Mapping[str, UUID]:
    """Add guests: one of ours, one who comes to the learning event, one who is shut out.

    One has an account, one is of theirs.

    Two have the id of a membership that ended: of another role, and of another guest.
    """
    who = {
        "ours": (scene.ours, uuid4(), False),
        "at the event": (scene.ours, uuid4(), False),
        "shut out": (scene.ours, uuid4(), True),
        "of an account": (scene.ours, scene.manager, False),
        "theirs": (scene.theirs, uuid4(), False),
        "of theirs": (scene.ours, _their_guest(link, scene), False),
    }
    ids = {name: uuid4() for name in who}
    for name, (tenant, person, ended) in who.items():
        said = {"tenant": tenant, "id": ids[name], "person": person, "ended": ended}
        comes_for = "learning_event" if name == "at the event" else "agency"
        link.execute(_GUEST, said | {"comes_for": comes_for})
    for name, role in (("once a manager", "business_manager"), ("once another", "guest")):
        person, ids[name] = uuid4(), uuid4()
        said = {"tenant": scene.ours, "id": ids[name], "person": person, "ended": False}
        said |= {"comes_for": "agency"}
        link.execute(_PERSON, said)
        link.execute(_ENDED, said | {"role": role})
        link.execute(_GUEST, said if role != "guest" else said | {"person": uuid4()})
    ids["a membership"] = link.execute(_SERVES, {"person": scene.manager}).scalar_one()
    return ids


def letting_in(scene: Any, contexts: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield attempts to make a person of a guest, and to end what somebody is."""
    for role in ("keyline_app", "keyline_worker", "keyline_sign_in"):
        for name in ("none", "ours", "theirs", "forged"):
            for whom, one in scene.guests.items():
                admit = f"select sec.admit_guest('{one}', current_date)"
                yield role, f"{name}, {whom}", contexts[name], admit
                out = f"select sec.shut_out_guest('{one}', current_date)"
                yield role, f"{name}, {whom}", contexts[name], out
    one = scene.guests["ours"]
    both = f"do $$ begin perform sec.admit_guest('{one}', now()::date); if not sec.shut_out_guest('{one}', now()::date) then raise no_data_found; end if; end $$"  # noqa: E501
    yield "keyline_app", "ours, in and out", contexts["ours"], both


def listing(
    scene: Any, contexts: Mapping[str, str], add: Callable[..., str]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield attempts to list an organisation: as an agency of all cases, and in others' names."""
    row, said, another = scene.rows["agencies"], contexts["ours"], str(scene.conflicted)
    for change in (
        {},
        {"case_id": None, "listed_by": None},
        {"listed_by": another},
        {"confirmed_by": another},
    ):
        new = {"name": "y"} | change
        yield "keyline_app", f"listing {change}", said, add("agencies", row, **new)
    confirmed = f"update agencies set confirmed_by = '{another}' where case_id is not null"  # noqa: S608 -- ours
    yield "keyline_app", "confirming in another's name", said, confirmed
