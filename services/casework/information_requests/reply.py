"""The reply: its paper is made once two people agree on every item, and sent by a person."""

import hashlib
from datetime import date
from typing import Final
from uuid import UUID, uuid4, uuid5

from pydantic import Field

from services.casework.audit import note_look, note_row
from services.casework.commands import Command, Day, LongText, ShortText, YesNo
from services.casework.information_requests.access import request_to_read
from services.casework.information_requests.records import NewStep, begin_step, take_step
from services.casework.information_requests.reply_words import ReplyWords
from services.casework.information_requests.standing import RequestStanding
from services.casework.past_days import must_be_past
from services.database.information_requests import InformationRequestPaper, get_paper, papers_of
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RequestEvent
from services.domain.errors import RuleBroken, Unavailable
from services.domain.roles import Permission

_ANSWER: Final = Permission.ANSWER_INFORMATION_REQUESTS


class MakeReplyPaper(Command):
    """The letter around what is given."""

    opening: LongText = Field(
        title="What does the letter say?",
        description="It stands before what is given: what was searched, how to complain, and to "
        "whom. Nothing that is left out may stand in it.",
    )
    names_exemptions: YesNo = Field(
        title="Does the paper say by which provisions something was left out?",
        description="Not where saying so would itself tell what is left out.",
    )


class AnswerInformationRequest(Command):
    """That the reply was sent, on which day and how."""

    answered_on: Day = Field(title="On which day was the reply sent?")
    way: ShortText = Field(title="How was it sent, and to where?")


def make_reply_paper(work: UnitOfWork, request_id: UUID, command: MakeReplyPaper) -> None:
    """Make the paper of what two people decided to give, and keep its bytes as they are.

    Raises RuleBroken while an item is not settled, and AnswerRefused for a letter that says what
    is left out.
    """
    standing = begin_step(work, request_id, _ANSWER, command)
    if standing is None:
        return
    _must_be_settled(standing)
    content = ReplyWords(
        reference=standing.request.reference,
        partnership=work.partnership.name,
        opening=command.opening,
        items=standing.items,
        names_exemptions=command.names_exemptions,
    ).as_pdf()
    step = NewStep(event=RequestEvent.PAPER_MADE, command=command, on_day=work.today)
    take_step(work, standing, step)
    paper = InformationRequestPaper(
        tenant_id=work.actor.partnership_id,
        id=uuid5(work.once or uuid4(), "paper"),
        request_id=request_id,
        case_id=standing.request.case_id,
        version=len(papers_of(work.session, request_id)) + 1,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        added_by=work.actor.person_id,
        added_at=work.now,
    )
    work.session.add(paper)
    work.session.flush()
    note_row(work, RequestEvent.PAPER_MADE, paper, paper.case_id)


def open_paper(work: UnitOfWork, paper_id: UUID) -> tuple[str, bytes]:
    """Return the name of a reply paper's file and its bytes, and note that it was opened.

    Raises NotFound for who may not read the request, and Unavailable where the bytes are others.
    """
    paper = get_paper(work.session, paper_id)
    request = request_to_read(work, paper.request_id).request
    if hashlib.sha256(paper.content).hexdigest() != paper.sha256:
        raise Unavailable("The paper is not the one that was kept. Tell who runs Keyline.")
    note_look(work, RequestEvent.PAPER_OPENED, request.id)
    return f"{request.reference}-reply-v{paper.version}.pdf", paper.content


def answer_request(work: UnitOfWork, request_id: UUID, command: AnswerInformationRequest) -> None:
    """Record that the reply was sent, which ends the request; its newest paper is what was sent.

    Raises RuleBroken where no paper was made of what is decided now, or nobody holds it by record.
    """
    standing = begin_step(work, request_id, _ANSWER, command)
    if standing is None:
        return
    if standing.holder is None:
        raise RuleBroken("Record first who holds the information: they answer.")
    made_on = _paper_of_now(standing)
    must_be_past(work, "answered_on", command.answered_on, made_on)
    step = NewStep(event=RequestEvent.ANSWERED, command=command, on_day=command.answered_on)
    take_step(work, standing, step)


def _must_be_settled(standing: RequestStanding) -> None:
    if not standing.items:
        raise RuleBroken("Nothing was entered that was found: there is nothing to give.")
    open_ = [str(at) for at, one in enumerate(standing.items, 1) if not one.is_settled]
    if open_:
        raise RuleBroken(f"Two people have yet to agree on item {', '.join(open_)}.")


def _paper_of_now(standing: RequestStanding) -> date:
    """Return when the paper was made of what is decided now."""
    _must_be_settled(standing)
    made = [one for one in standing.steps if one.event is RequestEvent.PAPER_MADE]
    changed = [
        one.number
        for one in standing.steps
        if one.event in {RequestEvent.ITEM_ENTERED, RequestEvent.ITEM_DECIDED}
    ]
    if not made or made[-1].number < max(changed):
        raise RuleBroken("No reply paper was made of what is decided now: make it first.")
    return made[-1].on_day
