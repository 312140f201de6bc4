"""`./keyline administrator`: the first platform administrator, and others on the word of one.

On the word of one another's lost second factor is taken away, too.
The password is asked for at the terminal, or read from standard input: it is never said as an
option, which other people of the machine could read.
"""

import sys
from typing import Annotated, Final

import typer

from deployments.provisioning_login import provisioning_of_environment, sign_in_of_environment
from services.bootstrap import wall_clock
from services.casework.accounts.cleared import clear_platform_administrator
from services.casework.administration.first_administrator import (
    make_another_administrator,
    make_first_administrator,
)
from services.casework.provisioning import PersonToFound
from services.database.engine import connect
from services.domain.errors import AnswerRefused, NotFound
from services.domain.roles import Role
from services.domain.working_days import london_date

FIRST: Final = "first"
ANOTHER: Final = "another"
LOST_FACTOR: Final = "lost-factor"

Act = Annotated[str, typer.Argument(help="first, another or lost-factor.")]
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


def administrator(
    act: Act, *, email: Email, name: Name = "", by: By = "", password_from_stdin: FromInput = False
) -> None:
    """Make the first platform administrator, or another, or take one's lost second factor away."""
    if act not in {FIRST, ANOTHER, LOST_FACTOR}:
        raise NotFound(f"There is no act {act!r}; there are: {FIRST}, {ANOTHER}, {LOST_FACTOR}.")
    if act != FIRST and not by:
        raise AnswerRefused("by", "Say --by: on which platform administrator's word.")
    if act == LOST_FACTOR:
        _clear(email, by)
        return
    login = provisioning_of_environment()
    password = _password(from_stdin=password_from_stdin)
    engine = connect(*login)
    person = PersonToFound(
        email=email, name=name, role=Role.PLATFORM_ADMINISTRATOR, password=password
    )
    try:
        today = london_date(wall_clock())
        if act == FIRST:
            make_first_administrator(engine, person, today)
        else:
            make_another_administrator(engine, person, today, by)
    finally:
        engine.dispose()
    print(f"{email} is a platform administrator of this installation, and signs in at /sign-in")


def _clear(email: str, by: str) -> None:
    engine = connect(*sign_in_of_environment())
    try:
        clear_platform_administrator(engine, email, by, london_date(wall_clock()))
    finally:
        engine.dispose()
    print(
        f"What {email} proved themselves with opens nothing any more. The web application writes "
        "to them, with an address at which they choose another password"
    )


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    said: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return said
