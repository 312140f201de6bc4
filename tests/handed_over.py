"""What each national body was handed: attached to a raw email, or collected at its address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import Any, Final

from sqlalchemy import text
from sqlmodel import select

from services.casework.collecting.handing_out import hand_out
from services.casework.commands import Command
from services.casework.steps.dispatches import collections as by_collection
from services.casework.steps.rapid_review import submission_by_collection
from services.database.collections import collections, openings_of
from services.database.dispatches import Dispatch, dispatches
from services.database.outbox import OutboxEmail
from services.domain.dispatches import DispatchState, Notice
from services.domain.recipients import Recipient
from services.domain.roles import Actor, Role
from services.domain.ways import Way
from tests.collecting import brought
from tests.desk import Desk
from tests.dispatch_factories import (
    give_collection_code,
    send_by_collection,
    submit_by_collection,
)
from tests.driven import Act, Driven
from tests.post_office import Office, deliver_all
from tests.sent_out import confirm, make_papers, read_papers
from tests.servers import QUICK_PASSWORDS
from tests.words import SAID

MANAGER: Final = Role.BUSINESS_MANAGER
_ADDRESS: Final = re.compile(r"/collect/([A-Za-z0-9_-]{43})\b")


class Telling(Driven):
    """A case on which each answer says which question it answers, so that a paper shows it."""

    def do(self, act: Act, command: Command, who: Role | Actor, when: str, **where: Any) -> None:
        said = {
            name: f"The {name} that {act.__name__} told."
            for name in type(command).model_fields
            if getattr(command, name) == SAID
        }
        super().do(act, command.model_copy(update=said), who, when, **where)


@dataclass(frozen=True, slots=True)
class Handed:
    """What one body was handed of one notice, and what is on record of it."""

    dispatch: Dispatch
    raw: bytes
    documents: tuple[bytes, ...]
    stored: tuple[bytes, ...]
    recorded: tuple[str, ...]

    @property
    def told(self) -> list[str]:
        """Return the SHA-256 of each document as the dispatch keeps it."""
        return [one["sha256"] for one in self.dispatch.documents]


@dataclass
class Post:
    """The courier of one case with a real mail server, and all that it has handed over."""

    case: Driven
    office: Office
    catcher: Any

    def send(self, when: str) -> None:
        """Have all that waits made, read, confirmed and sent; collect what is to be collected."""
        case, self.office.when = self.case, when
        make_papers(case.world, case.case_id, when)
        confirm(case.world, case.case_id, when, who=case.world.ours.actor(MANAGER))
        for one in self._standing(DispatchState.TO_SEND):
            self._give_address(one, when)
        with case.world.act(MANAGER, when) as work:  # what goes to people here is not looked at
            here = "update outbox_emails set delivery = 'sent' where not content ? 'dispatch'"
            work.session.execute(text(here))
        deliver_all(self.office)
        for one in self._standing(DispatchState.TO_COLLECT):
            self._collect(one, when)

    def handed(self) -> Iterator[Handed]:
        """Yield what each body was handed, by what the mail server took and the door gave."""
        case = self.case
        stored = {one.id: one for one in Desk(case.world).rows(case.case_id)}
        for one in self._standing(*DispatchState):
            if not one.state.counts or one.way is Way.BY_HAND:
                continue  # it did not leave from here
            raw = self._raw(one)
            rows = [stored[document] for document in one.document_ids]
            kept = tuple(map(Desk(case.world).bytes_of, rows))
            if one.is_collected:
                yield Handed(one, raw, self.collected[one.id], kept, self._opened(one))
            else:
                message = message_from_bytes(raw, policy=policy.default)
                attached = tuple(part.get_content() for part in message.iter_attachments())
                yield Handed(one, raw, attached, kept, ())

    def __post_init__(self) -> None:
        self.collected: dict[Any, tuple[bytes, ...]] = {}

    def _standing(self, *states: DispatchState) -> list[Dispatch]:
        with self.case.world.act(MANAGER, self.office.when) as work:
            found = dispatches(work.session, self.case.case_id)
            work.session.expunge_all()
        return [one for one in found if one.state in states]

    def _give_address(self, one: Dispatch, when: str) -> None:
        case = self.case
        read_papers(case.world, case.case_id, when, who=case.world.ours.actor(MANAGER))
        if one.notice is Notice.RAPID_REVIEW_SUBMITTED:
            submit = submission_by_collection.submit_by_collection
            self.case.do(submit, submit_by_collection(), MANAGER, when)
        else:
            act = by_collection.send_by_collection
            self.case.do(act, send_by_collection(one.id), MANAGER, when)

    def _collect(self, one: Dispatch, when: str) -> None:
        case = self.case
        with case.world.act(MANAGER, when) as work:
            asked = give_collection_code(one.id)
            code = by_collection.give_collection_code(work, case.case_id, asked)
        (token,) = _ADDRESS.findall(_plain(self._raw(one)))
        key = brought(token, code)
        copies = [
            hand_out(self.office, key, QUICK_PASSWORDS, document) for document in one.document_ids
        ]
        self.collected[one.id] = tuple(copy.content for copy in copies if copy is not None)

    def _opened(self, one: Dispatch) -> tuple[str, ...]:
        with self.case.world.act(MANAGER, self.office.when) as work:
            kept = collections(work.session, self.case.case_id)[one.id]
            return tuple(opening.sha256 for opening in openings_of(kept))

    def _raw(self, one: Dispatch) -> bytes:
        with self.case.world.act(MANAGER, self.office.when) as work:
            wanted = OutboxEmail.content["dispatch"].astext == str(one.id)  # type: ignore[index]
            message_id = work.session.exec(select(OutboxEmail.message_id).where(wanted)).one()
        pairs = zip(self.catcher.emails, self.catcher.envelopes, strict=True)
        (raw,) = [box.content for email, box in pairs if email["Message-ID"] == message_id]
        return bytes(raw)


def to(handed: list[Handed], notice: Notice, recipient: Recipient) -> Handed:
    """Return the newest that the body was handed of the notice."""
    return [
        one
        for one in handed
        if one.dispatch.notice is notice and one.dispatch.recipient is recipient
    ][-1]


def _plain(raw: bytes) -> str:
    body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    return str(body.get_content())
