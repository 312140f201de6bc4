"""Documents that are sent to be collected, and what the email of an address says."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

from services.casework.collecting.door import Brought
from services.casework.collecting.handing_out import HandedOut, hand_out, offered
from services.casework.engine.email_delivery import deliver
from services.casework.engine.periodic_jobs import remind_all
from services.casework.steps.dispatches import collections as steps
from services.casework.steps.rapid_review import submission_by_collection
from services.casework.steps.sign_off import sign_off
from services.database.collections import Collection, Opening, collections, openings_of
from services.database.dispatches import Dispatch, dispatches
from services.domain.dispatches import Notice
from services.domain.roles import Role
from services.domain.todos import Todo
from services.identity import session_ids
from services.mail.memory import MemoryMailer
from tests import dispatch_factories as say
from tests import factories
from tests.driven import Driven
from tests.papers_when_read import set_at_once
from tests.post_office import Office
from tests.sent_out import make_papers, read_papers
from tests.servers import QUICK_PASSWORDS
from tests.world import World

MANAGER = Role.BUSINESS_MANAGER
MONDAY = "2026-09-21"
_ADDRESS = re.compile(r"/collect/([A-Za-z0-9_-]{43})\b")


def a_collection(session: Session, case_id: UUID, address_sha256: str = "") -> Collection:
    """Return a collection of the case's first dispatch, which nothing opens."""
    first = dispatches(session, case_id)[0]
    return Collection(
        tenant_id=first.tenant_id,
        case_id=case_id,
        dispatch_id=first.id,
        address_sha256=address_sha256,
        openings=[],
    )


def newest(case: Driven, notice: Notice = Notice.RAPID_REVIEW_SUBMITTED) -> Dispatch:
    """Return the newest dispatch of the notice."""
    with case.world.act(MANAGER) as work:
        found = [one for one in dispatches(work.session, case.case_id) if one.notice is notice]
        work.session.expunge_all()
    return found[-1]


def token_in(mailer: MemoryMailer, recipient: str = "panel@") -> str:
    """Return the one-time address that the newest email to the recipient carries."""
    found = [
        _ADDRESS.findall(one.body_text)
        for one in mailer.emails
        if one.recipient.startswith(recipient) and _ADDRESS.search(one.body_text)
    ]
    return str(found[-1][0])


def code_for(case: Driven, when: str, notice: Notice = Notice.RAPID_REVIEW_SUBMITTED) -> str:
    """Have the manager make a code for the newest dispatch of the notice."""
    with case.world.act(MANAGER, when) as work:
        command = say.give_collection_code(newest(case, notice).id)
        return steps.give_collection_code(work, case.case_id, command)


def deliver_from(office: Any, when: str) -> None:
    """Deliver everything that waits, on the day."""
    office.when = when
    while deliver(office):
        pass


def brought(token: str, code: str) -> Brought:
    """Return what somebody brings who has this address and this code."""
    return Brought(session_ids.kept(token), code)


def signed_for_p7(world: World) -> Driven:
    """Return the case of P7: signed and its papers made, K10 by Tuesday 22 September 2026.

    Nothing that was written to people here before waits to be sent. What is collected is marked
    with who collects it, on the pages of its own bytes.
    """
    world = set_at_once(world)
    said = {"incident_on": "2026-08-27", "aware_at": "2026-08-27", "received_at": "2026-08-28"}
    case = Driven(world, factories.refer(**said), "2026-08-28 23:50")
    case.decide("2026-09-01 09:00").notify("2026-09-01 10:00")
    case.scope("2026-09-01", "2026-09-08").meet("2026-09-14", "2026-09-11")
    case.propose(when="2026-09-15").sign(sign_off.sign_rapid_review, "2026-09-16")
    make_papers(world, case.case_id, "2026-09-17", Notice.RAPID_REVIEW_SUBMITTED)
    assert case.due("K10") == "2026-09-22"
    return case.mail("2026-09-17")


@dataclass
class Sending:
    """The rapid review of P7, sent on Monday to be collected, and the courier's neighbours."""

    case: Driven
    office: Office
    code: str = ""

    @property
    def world(self) -> World:
        return self.case.world

    @property
    def token(self) -> str:
        return token_in(self.office.mailer)

    def on(self, when: str) -> None:
        """Make the machine's round on the day."""
        self.office.when = when
        remind_all(self.office)

    def titles(self, when: str, code: str | None = None) -> list[str]:
        """Return what is offered to whoever brings the address and this code."""
        self.office.when = when
        found = offered(self.office, brought(self.token, code or self.code), QUICK_PASSWORDS)
        return [one.title for one in found.documents] if found else []

    def open(self, when: str, which: int = 0, code: str | None = None) -> HandedOut | None:
        self.office.when = when
        wanted = newest(self.case).document_ids[which]
        key = brought(self.token, code or self.code)
        return hand_out(self.office, key, QUICK_PASSWORDS, wanted)

    def open_all(self, when: str) -> None:
        """Open every document of the newest dispatch."""
        for which in range(len(newest(self.case).document_ids)):
            assert self.open(when, which) is not None

    def openings(self) -> list[Opening]:
        with self.case.world.act(MANAGER) as work:
            found = collections(work.session, self.case.case_id)
            return openings_of(found[newest(self.case).id])

    def todos(self) -> list[Todo]:
        return [one.todo for one in self.case.turns()]

    def revoke(self, when: str) -> None:
        command = say.revoke_collection(newest(self.case).id)
        self.case.do(steps.revoke_collection, command, MANAGER, when)


def submit(case: Driven, when: str = MONDAY, **but: object) -> None:
    """Have the manager read the papers, and have them collected."""
    manager = case.world.ours.actor(MANAGER)
    read_papers(case.world, case.case_id, f"{when} 10:00", who=manager)
    command = say.submit_by_collection(**but)
    case.do(submission_by_collection.submit_by_collection, command, MANAGER, f"{when} 11:00")


def sent_for_p7(world: World) -> Sending:
    """Send it on Monday 21 September, by the act, by the courier, and with a code."""
    case = signed_for_p7(world)
    sending = Sending(case, Office(world))
    submit(case)
    deliver_from(sending.office, MONDAY)
    sending.code = code_for(case, MONDAY)
    return sending
