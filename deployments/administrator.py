"""`./keyline administrator`: who serves the installation, platform administrators and operators.

The first platform administrator is made while there is none; others, and operators, on the word
of one. On the word of one somebody's lost second factor is taken away too, and what somebody who
leaves has of the installation ends. The password is asked for at the terminal, or read from
standard input: it is never said as an option, which other people of the machine could read.
"""

import os
from dataclasses import replace
from typing import Annotated, Final

import typer

from deployments.given_words import typed_line
from deployments.local.run_record import RunningPlatform
from deployments.provisioning_login import provisioning_of_environment, sign_in_of_environment
from services.bootstrap import neighbours, wall_clock
from services.casework.accounts.cleared import clear_who_serves
from services.casework.administration.first_administrator import (
    make_another,
    make_first_administrator,
)
from services.casework.administration.leaving_installation import Leaver, end_serving
from services.casework.named_person import note_command_line, platform_administrator_named
from services.casework.provisioning import PersonToFound
from services.database.engine import connect
from services.domain.errors import AnswerRefused, NotFound
from services.domain.roles import Role
from services.domain.working_days import london_date

FIRST: Final = "first"
ANOTHER: Final = "another"
OPERATOR: Final = "operator"
LOST_FACTOR: Final = "lost-factor"
END: Final = "end"
_A: Final = {
    Role.OPERATIONS: "an operator",
    Role.PLATFORM_ADMINISTRATOR: "a platform administrator",
}
ACTS: Final = (FIRST, ANOTHER, OPERATOR, LOST_FACTOR, END)

Act = Annotated[str, typer.Argument(help="first, another, operator, lost-factor or end.")]
Email = Annotated[
    str, typer.Option(metavar="EMAIL", help="With which address the person signs in.")
]
By = Annotated[
    str, typer.Option(metavar="EMAIL", help="On which platform administrator's word: of another.")
]
Name = Annotated[str, typer.Option(help="The name of whom it makes one.")]
FromInput = Annotated[
    bool, typer.Option("--password-from-stdin", help="Read the password from standard input.")
]
Reasons = Annotated[str, typer.Option(help="Why it ends: of end.")]


def administrator(  # noqa: PLR0913 - each option is one thing that a person says
    act: Act,
    *,
    email: Email,
    name: Name = "",
    by: By = "",
    password_from_stdin: FromInput = False,
    reasons: Reasons = "",
) -> None:
    """Make a platform administrator or an operator, help who lost a factor, or end their roles."""
    if act not in ACTS:
        raise NotFound(f"There is no act {act!r}; there are: {', '.join(ACTS)}.")
    if act != FIRST and not by:
        raise AnswerRefused("by", "Say --by: on which platform administrator's word.")
    if act == LOST_FACTOR:
        _clear(email, by)
    elif act == END:
        _end(by, Leaver(email, reasons))
    else:
        role = Role.OPERATIONS if act == OPERATOR else Role.PLATFORM_ADMINISTRATOR
        person = PersonToFound(email=email, name=name, role=role, password="")
        _make(person, "" if act == FIRST else by, from_stdin=password_from_stdin)


def _make(person: PersonToFound, by: str, *, from_stdin: bool) -> None:
    """Put the person on record, on the word of nobody where they are the first."""
    login = provisioning_of_environment()
    person = replace(person, password=_password(from_stdin=from_stdin))
    engine = connect(*login)
    try:
        today = london_date(wall_clock())
        if by:
            make_another(engine, person, today, by)
        else:
            make_first_administrator(engine, person, today)
    finally:
        engine.dispose()
    print(f"{person.email} is {_A[person.role]} of this installation, and signs in at /sign-in")


def _clear(email: str, by: str) -> None:
    engine = connect(*sign_in_of_environment())
    try:
        clear_who_serves(engine, email, by, london_date(wall_clock()))
    finally:
        engine.dispose()
    print(
        f"What {email} proved themselves with opens nothing any more. The web application writes "
        "to them, with an address at which they choose another password"
    )


def _end(by: str, leaver: Leaver) -> None:
    if "KEYLINE_DATABASE_URL" not in os.environ:
        os.environ.update(RunningPlatform.find().settings)
    here = neighbours()
    actor = platform_administrator_named(here, by)
    door = connect(*sign_in_of_environment())
    try:
        note_command_line(here, actor)
        many = end_serving(actor, here, door, leaver)
    finally:
        door.dispose()
    print(f"{leaver.email} serves this installation no more ({many} ended), and is signed out")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return typed_line()
    said: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return said
