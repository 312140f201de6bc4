"""Inspection packs in tests: a body that may ask, a pack carried to each of its states."""

from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from services.casework.directory.contacts import add_contact, answer_contact
from services.casework.directory.organisations import add_organisation
from services.casework.inspection_packs.access import pack_to_read
from services.casework.inspection_packs.approving import answer_as_partner, approve_as_manager
from services.casework.inspection_packs.deciding import include_pack_items
from services.casework.inspection_packs.opening import open_pack
from services.casework.inspection_packs.said import (
    AnswerPack,
    ApprovePack,
    DecidePackItem,
    IncludePackItems,
    LeftOutPassage,
    OpenPack,
    RecordPackSent,
)
from services.casework.inspection_packs.sending import record_pack_sent
from services.casework.inspection_packs.standing import PackStanding
from services.database.cases import Case
from services.database.directory_entries import organisation_entries
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.inspection import InspectionQuestion, PackItemDecision
from services.domain.roles import Actor, Role, Seat
from tests.directory import a_contact, an_answer, an_organisation
from tests.world import World

MANAGER: Final = Role.BUSINESS_MANAGER
PARTNER: Final = Role.SAFEGUARDING_PARTNER
CHAIR: Final = Role.REVIEW_GROUP_CHAIR
FIRST, LAST = date(2025, 1, 1), date(2026, 2, 1)
WHEN: Final = "2026-02-02"
BODY: Final = "An Inspectorate (example)"
ADDRESS: Final = "packs@inspectorate.example"
TABLES_OF_PACKS: Final = ("inspection_files", "inspection_steps")


def inspectorate(world: World) -> UUID:
    """Have an inspectorate in the directory with an address that two people have set; return it."""
    with world.act(MANAGER, WHEN) as work:
        for one in organisation_entries(work.session):
            if one.organisation.name == BODY:
                return one.organisation.organisation_id
    body, contact = uuid4(), uuid4()
    told = an_organisation(kind=OrganisationKind.NATIONAL_BODY, name=BODY)
    with world.act(MANAGER, WHEN, once=body) as work:
        add_organisation(work, told)
    with world.act(MANAGER, WHEN, once=contact) as work:
        add_contact(work, body, a_contact(role=ContactRole.WHERE_TO_SEND, address=ADDRESS))
    with world.act(CHAIR, WHEN, once=uuid4()) as work:
        answer_contact(work, contact, an_answer())
    return body


def a_pack(body: UUID, **said: Any) -> OpenPack:
    """Say which pack is opened; without more, one of every question, owned by the police."""
    told = {
        "body": body,
        "inspection": "A joint inspection",
        "first": FIRST,
        "last": LAST,
        "asked": tuple(InspectionQuestion),
        "owner": Seat.POLICE,
    }
    return OpenPack(**(told | said))


def opened(world: World, when: str = WHEN, **said: Any) -> UUID:
    """Open a pack as the manager, and return its id."""
    body, once = inspectorate(world), uuid4()
    with world.act(MANAGER, when, once=once) as work:
        return open_pack(work, a_pack(body, **said))


def pack_now(
    world: World, pack: UUID, who: Role | Actor = MANAGER, when: str = WHEN, **where: Any
) -> PackStanding:
    """Return how the pack stands, read by this person."""
    with world.act(who, when, **where) as work:
        found = pack_to_read(work, pack)
        assert found.items
        assert found.state
        work.session.expunge_all()
        return found


def done(world: World, act: Any, about: UUID, command: Any, **as_whom: Any) -> UUID:
    """Do an act on a pack as the manager, or as whom is said; return its key."""
    once = uuid4()
    how = {"who": MANAGER, "when": WHEN, "once": once}
    with world.act(**(how | as_whom)) as work:
        act(work, about, command)
    return once


def include_all(world: World, pack: UUID, when: str = WHEN) -> None:
    """Include every item of which nothing is decided yet."""
    items = tuple(one.step.id for one in pack_now(world, pack, when=when).open_items)
    with world.act(MANAGER, when, once=uuid4()) as work:
        include_pack_items(work, pack, IncludePackItems(items=items, has_read=True))


def approved(world: World, when: str = WHEN, upto: int = 3, **said: Any) -> UUID:
    """Carry a pack to all included, approved by the manager, or by both; return its id."""
    pack = opened(world, when, **said)
    if upto >= 1:
        include_all(world, pack, when)
    if upto >= 2:
        with world.act(MANAGER, when, once=uuid4()) as work:
            approve_as_manager(work, pack, ApprovePack(is_right=True))
    if upto >= 3:
        with world.act(PARTNER, when, seat=Seat.POLICE, once=uuid4()) as work:
            answer_as_partner(work, pack, AnswerPack(is_approved=True))
    return pack


def a_sending(**said: Any) -> RecordPackSent:
    told = {
        "sent_on": date(2026, 2, 2),
        "means": "secure email",
        "address": ADDRESS,
        "proof": "the sent item of that day",
    }
    return RecordPackSent(**(told | said))


def pack_sent(world: World, when: str = WHEN, **said: Any) -> UUID:
    """Carry a pack to its sending, and return its id."""
    pack = approved(world, when, **said)
    with world.act(MANAGER, when, once=uuid4()) as work:
        record_pack_sent(work, pack, a_sending())
    return pack


def without_words(*passages: str, **said: Any) -> DecidePackItem:
    """Decide that these words are left out, or the whole item where none is named."""
    told: dict[str, Any] = {
        "decision": PackItemDecision.REDACT if passages else PackItemDecision.WITHHOLD,
        "passages": tuple(LeftOutPassage(passage=one) for one in passages),
        "reasons": "A person would be known by it.",
    }
    return DecidePackItem(**(told | said))


def with_packs(world: World, case: Case, when: str = "2026-12-01") -> UUID:
    """Put a pack of the case on record with a file, and one with a file and no item of a case."""
    told = {"last": date(2026, 12, 1)}
    approved(world, when, asked=(InspectionQuestion.AUDIT,), **told)
    pack = approved(world, when, **told)
    assert case.reference in {one.said.reference for one in pack_now(world, pack, when=when).items}
    return pack
