"""What a person has read to its end, so that it may be attached to an email."""

from typing import Final

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, DispatchChoice, YesNo
from services.casework.effects.dispatches import close_dispatch_todos, enqueue_dispatch
from services.casework.steps.dispatches.dispatch_choice import (
    chosen_dispatch,
    must_have_been_read,
)
from services.database.cases import Case
from services.database.dispatches import on_occasion
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import DispatchState, Notice
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage

_BY_HAND: Final = "It is not attached then: send it by hand instead."


class ConfirmDispatch(Command):
    """What you have read may be attached to an email: it tells nothing of a child or a family."""

    dispatch: DispatchChoice = Field(title="What have you read?")
    read_to_end: YesNo = Field(
        title="Have you read the document to its end, as it will be attached?",
        description="It must have been opened here, under your name, before you confirm it. "
        "Wrong words in it are put right under “What was sent” first.",
    )
    no_family_data: YesNo = Field(
        title="Does it leave out everything by which a child or a family could be recognised?"
    )


class ConfirmedDispatch(Command):
    """What is kept of it: the documents by what they tell, and their SHA-256."""

    notice: Notice = Field(title="What have you read?")
    sha256: tuple[str, ...] = Field(title="SHA-256 of the bytes that were read")
    read_to_end: bool = Field(title="Have you read the document to its end?")
    no_family_data: bool = Field(
        title="Does it leave out everything by which a child or a family could be recognised?"
    )


def confirm_dispatch(work: UnitOfWork, case_id: CaseId, command: ConfirmDispatch) -> Case:
    """Have documents attached that the person has read, to each recipient that waits for them."""
    case = begin(work, case_id, CONFIRM_DISPATCH, command)
    chosen = chosen_dispatch(work, case, command.dispatch, {DispatchState.TO_CONFIRM})
    if not command.no_family_data:
        raise AnswerRefused("no_family_data", _BY_HAND)
    read = must_have_been_read(work, case, chosen, is_read=command.read_to_end, otherwise=_BY_HAND)
    kept = ConfirmedDispatch(
        notice=chosen.notice,
        sha256=read,
        read_to_end=command.read_to_end,
        no_family_data=command.no_family_data,
    )
    record_entry_as(work, case, CONFIRM_DISPATCH, command, Entered(kept=kept))
    for one in on_occasion(work.session, case.id, *chosen.occasion):
        if one.state is DispatchState.TO_CONFIRM:
            one.confirmed_by = one.sent_by = work.actor.person_id
            enqueue_dispatch(work, case, one)
    close_dispatch_todos(work, case, chosen)
    return case


CONFIRM_DISPATCH = Act(
    name="confirm_dispatch",
    command=ConfirmDispatch,
    which="dispatch",
    perform=confirm_dispatch,
    permission=Permission.SEND_DISPATCHES,
    doing="confirm what is attached",
    stages=frozenset(Stage),
    entry=EntryType.DISPATCH_CONFIRMED,
    kept=ConfirmedDispatch,
    todo=Todo.CONFIRM_DISPATCH,
    is_listed=False,
    section=Section.INTERNAL,
)
