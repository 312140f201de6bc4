"""`./keyline policy`: the versions of a partnership's policy, a new one proposed and applied.

A new version is a file of JSON, read as `./keyline clocks --policy` reads one, so that its days can
be looked at before. It is proposed in one person's name, with the reason, who agreed it and from
when it holds, and applied in another's. Cases that are open keep the policy with which they began.
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
from services.casework.policy_command_line import apply_in_name, listed, propose_in_name, shown
from services.casework.provisioning import partnership_id_of
from services.domain.errors import AnswerRefused, NotFound
from services.domain.json_values import day

LIST, SHOW, PROPOSE, APPLY = "list", "show", "propose", "apply"

Act = Annotated[str, typer.Argument(help="list, show, propose or apply.")]
Code = Annotated[str, typer.Option(metavar="CODE", help="The code of the partnership.")]
Who = Annotated[str, typer.Option(metavar="EMAIL", help="The person in whose name.")]
Version = Annotated[int, typer.Option(help="Which version is shown or applied.")]
File = Annotated[Path | None, typer.Option(metavar="FILE", help="The new policy, as JSON.")]
Reason = Annotated[str, typer.Option(help="Why it changes.")]
Agreed = Annotated[str, typer.Option(help="Who agreed it, and when.")]
Since = Annotated[
    str, typer.Option("--from", metavar="DATE", help="From which day it holds, as YYYY-MM-DD.")
]


def policy(  # noqa: PLR0913 - each option is one thing that a person says
    act: Act = LIST,
    *,
    partnership: Code = "",
    by: Who = "",
    version: Version = 1,
    file: File = None,
    reason: Reason = "",
    agreed: Agreed = "",
    since: Since = "",
) -> None:
    """List the versions of a partnership's policy, show one, propose one or apply it."""
    if act not in {LIST, SHOW, PROPOSE, APPLY}:
        raise NotFound(f"There is no act {act!r}; there are: {LIST}, {SHOW}, {PROPOSE}, {APPLY}.")
    if "KEYLINE_DATABASE_URL" not in os.environ:
        os.environ.update(RunningPlatform.find().settings)
    who = NamedPerson(partnership, by)
    if act == PROPOSE:
        if file is None or not all(map(str.strip, (reason, agreed, since))):
            raise AnswerRefused("file", "Say --file, --reason, --agreed and --from.")
        command = RaisePolicy(reason=reason, agreed=agreed, effective_on=day("--from", since))
        number = propose_in_name(neighbours(), who, command, read_policy(file))
        print(f"version {number} waits for a second person, who applies it")
        return
    if act == APPLY:
        apply_in_name(neighbours(), who, version)
        print(f"version {version} is applied; open cases keep theirs")
        return
    with as_keyline(neighbours(), partnership_id_of(partnership)) as work:
        print("\n".join(shown(work, version) if act == SHOW else listed(work)))
