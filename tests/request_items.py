"""What is found for a request in tests, decided, read by a second person, and set in a paper."""

from typing import Any, Final
from uuid import UUID, uuid4

from services.casework.information_requests.items import (
    DecideItem,
    EnterItem,
    ReadItemDecision,
    WithheldPassage,
    decide_item,
    enter_item,
    read_item,
)
from services.casework.information_requests.reply import MakeReplyPaper, make_reply_paper
from services.casework.information_requests.routing import route_request
from services.database.directory_entries import contact_entries
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.information_requests import Exemption, ItemDecision
from services.domain.roles import Actor
from tests.appointed import a_post
from tests.information_requests import CONTACT, MANAGER, a_route, entered
from tests.world import World

TEXT: Final = "Told by A. Nother on 3 May.\nThe child was seen."


def an_item(**said: Any) -> EnterItem:
    return EnterItem(**({"title": "Minutes of 3 May", "text": TEXT} | said))


def withheld(*passages: str, **said: Any) -> DecideItem:
    """Decide that these words are left out, or the whole item where none is named."""
    told: dict[str, Any] = {
        "decision": ItemDecision.REDACT if passages else ItemDecision.WITHHOLD,
        "passages": tuple(WithheldPassage(passage=one) for one in passages),
        "exemptions": (Exemption.DPA_SCH2_PARA16,),
        "reasons": "They told it in confidence.",
    }
    return DecideItem(**(told | said))


def settled(world: World, upto: int = 4, when: str = "2026-02-02") -> tuple[UUID, UUID]:
    """Carry a request to an item entered, decided, read, or the paper of it; return both ids."""
    _officer(world)
    request, item = entered(world, when), uuid4()
    manager, contact = world.ours.actor(MANAGER), world.ours.actor(CONTACT)
    steps: tuple[tuple[Actor, UUID, Any, UUID, Any], ...] = (
        (manager, item, enter_item, request, an_item()),
        (manager, uuid4(), decide_item, item, withheld("A. Nother")),
        (contact, uuid4(), read_item, item, ReadItemDecision(is_agreed=True)),
        (manager, uuid4(), make_reply_paper, request, a_letter()),
    )
    with world.act(manager, when, once=uuid4()) as work:
        route_request(work, request, a_route())
    for who, once, act, about, command in steps[:upto]:
        with world.act(who, when, once=once) as work:
            act(work, about, command)
    return request, item


def a_letter(**said: Any) -> MakeReplyPaper:
    return MakeReplyPaper(
        **({"opening": "This is what was found.", "names_exemptions": True} | said)
    )


def _officer(world: World) -> None:
    """Have the data protection officer of the police in the directory, once."""
    with world.act(MANAGER) as work:
        known = contact_entries(work.session, ContactRole.DATA_PROTECTION_OFFICER)
        if any(one.kind is OrganisationKind.POLICE for one in known):
            return
    a_post(world, ContactRole.DATA_PROTECTION_OFFICER, OrganisationKind.POLICE)
