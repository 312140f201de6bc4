"""`./keyline holidays`: the bank holidays that count, listed, and changed by two operators.

The acts are those of the operators' page, with the same commands and the same refusals.
"""

import os
from collections.abc import Iterator, Mapping
from typing import Annotated, Final, TypeVar
from uuid import UUID, uuid4

import typer
from pydantic import ValidationError

from deployments.local.run_record import RunningPlatform
from services.bootstrap import neighbours
from services.casework.bank_holidays import (
    AnswerHoliday,
    ProposeHoliday,
    answer_holiday,
    propose_holiday,
)
from services.casework.commands import Command
from services.casework.engine.transactions import TransactionContext
from services.casework.named_person import NamedPerson, actor_named, note_command_line
from services.database import sessions
from services.database.bank_holidays import calendar_in_force, proposals
from services.domain.errors import AnswerRefused, NotFound
from services.domain.labels import label
from services.domain.roles import Permission
from services.domain.working_days import written

C = TypeVar("C", bound=Command)
LIST, PROPOSE, ANSWER = "list", "propose", "answer"
YEARS: Final = 3

Act = Annotated[str, typer.Argument(help="list, propose or answer.")]
Code = Annotated[str, typer.Option(metavar="CODE", help="Of an operator held there.")]
Who = Annotated[str, typer.Option(metavar="EMAIL", help="The operator in whose name.")]
HeldOn = Annotated[str, typer.Option(metavar="DATE", help="It becomes a bank holiday.")]
StruckOut = Annotated[str, typer.Option(metavar="DATE", help="It is no bank holiday any more.")]
Title = Annotated[str, typer.Option(help="Its name, as published.")]
Source = Annotated[str, typer.Option(help="Where it is published.")]
Proposal = Annotated[str, typer.Option(metavar="ID", help="The change that is answered.")]
Approves = Annotated[
    bool | None, typer.Option("--approve/--refuse", help="Whether the change comes into force.")
]
Reasons = Annotated[str, typer.Option(help="Why not, where it is refused.")]


def holidays(  # noqa: PLR0913 - each option is one thing that a person says
    act: Act = LIST,
    *,
    partnership: Code = "",
    by: Who = "",
    held_on: HeldOn = "",
    struck_out: StruckOut = "",
    title: Title = "",
    source: Source = "",
    proposal: Proposal = "",
    approves: Approves = None,
    reasons: Reasons = "",
) -> None:
    """List the bank holidays that count, or have two operators add one or strike one out."""
    if act not in {LIST, PROPOSE, ANSWER}:
        raise NotFound(f"There is no act {act!r}; there are: {LIST}, {PROPOSE}, {ANSWER}.")
    if "KEYLINE_DATABASE_URL" not in os.environ:
        os.environ.update(RunningPlatform.find().settings)
    here, who = neighbours(), NamedPerson(partnership, by)
    if act == PROPOSE:
        days = {"held_on": held_on or None, "struck_out": struck_out or None}
        said = understood(ProposeHoliday, {**days, "title": title, "source": source})
        print(f"proposed: {propose(here, who, said)}; another operator answers it")
    elif act == ANSWER:
        answer(here, who, understood(AnswerHoliday, answered(proposal, reasons, approves=approves)))
        print("in force: open clocks are counted again" if approves else "refused")
    else:
        print("\n".join(listed(here)))


def propose(here: TransactionContext, who: NamedPerson, command: ProposeHoliday) -> UUID:
    """Propose the change in the operator's name; return by what another one answers it."""
    actor, once = actor_named(here, who, Permission.CHANGE_BANK_HOLIDAYS), uuid4()
    note_command_line(here, actor)
    propose_holiday(actor, here, command, once)
    return once


def answer(here: TransactionContext, who: NamedPerson, command: AnswerHoliday) -> None:
    """Answer the change in the operator's name."""
    actor = actor_named(here, who, Permission.CHANGE_BANK_HOLIDAYS)
    note_command_line(here, actor)
    answer_holiday(actor, here, command)


def answered(proposal: str, reasons: str, *, approves: bool | None) -> Mapping[str, object]:
    """Return what the options answer; to approve is said, and never taken from silence."""
    if approves is None:
        raise AnswerRefused("is_approved", "Say --approve or --refuse.")
    return {"proposal": proposal, "is_approved": approves, "reasons": reasons or None}


def listed(here: TransactionContext) -> Iterator[str]:
    """Yield the bank holidays of this year and the next ones, and every change with its source."""
    year = here.now().year
    with sessions.of_installation(here.engine) as session:
        for day, title in calendar_in_force(session, here.calendar).bank_holidays.items():
            if 0 <= day.year - year < YEARS:
                yield f"{written(day)}  {title}"
        for proposal, answered in proposals(session):
            state = "waits for a second operator"
            if answered is not None:
                state = "in force" if answered.is_approved else f"refused: {answered.reasons}"
            for one in proposal.days:
                change = f"{label(one.change)}: {one.title} ({one.source})"
                yield f"{written(one.day)}  {change}; {state}"
            yield f"  {proposal.id}"


def understood(model: type[C], said: Mapping[str, object]) -> C:
    """Return the command that the options make, or refuse the first that is missing or wrong."""
    try:
        return model.model_validate(said)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        field = str(first["loc"][0])
        raise AnswerRefused(field, f"--{field.replace('_', '-')}: {first['msg']}.") from None
