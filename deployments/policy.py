"""`./keyline policy`: the versions of a partnership's policy, and a new one put in force.

A new version is a file of JSON, read as `./keyline clocks --policy` reads one, so that its days can
be looked at before. It is raised in the name of the partnership's business manager, with the reason
and who agreed it. Cases that are open keep the policy with which they began.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from deployments.clocks import read_policy
from deployments.local.run_record import RunningPlatform
from services.bootstrap import neighbours
from services.casework.engine.transactions import as_keyline
from services.casework.named_person import NamedPerson
from services.casework.policies import RaisePolicy
from services.casework.policy_command_line import listed, raise_in_name, shown
from services.casework.provisioning import partnership_id_of
from services.domain.errors import AnswerRefused, NotFound

LIST, SHOW, RAISE = "list", "show", "raise"

Act = Annotated[str, typer.Argument(help="list, show or raise.")]
Code = Annotated[str, typer.Option(metavar="CODE", help="The code of the partnership.")]
Who = Annotated[str, typer.Option(metavar="EMAIL", help="The manager in whose name.")]
Version = Annotated[int, typer.Option(help="Which version is shown.")]
File = Annotated[Path | None, typer.Option(metavar="FILE", help="The new policy, as JSON.")]
Reason = Annotated[str, typer.Option(help="Why it changes.")]
Agreed = Annotated[str, typer.Option(help="Who agreed it, and when.")]


def policy(  # noqa: PLR0913 - each option is one thing that a person says
    act: Act = LIST,
    *,
    partnership: Code = "",
    by: Who = "",
    version: Version = 1,
    file: File = None,
    reason: Reason = "",
    agreed: Agreed = "",
) -> None:
    """List the versions of a partnership's policy, show one, or put a new one in force."""
    if act not in {LIST, SHOW, RAISE}:
        raise NotFound(f"There is no act {act!r}; there are: {LIST}, {SHOW}, {RAISE}.")
    if "KEYLINE_DATABASE_URL" not in os.environ:
        os.environ.update(RunningPlatform.find().settings)
    if act == RAISE:
        if file is None or not reason.strip() or not agreed.strip():
            raise AnswerRefused("file", "Say --file, --reason and --agreed.")
        who, command = NamedPerson(partnership, by), RaisePolicy(reason=reason, agreed=agreed)
        number = raise_in_name(neighbours(), who, command, read_policy(file))
        print(f"version {number} is in force; open cases keep theirs")
        return
    with as_keyline(neighbours(), partnership_id_of(partnership)) as work:
        print("\n".join(shown(work, version) if act == SHOW else listed(work)))
