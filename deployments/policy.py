"""`./keyline policy`: the versions of a partnership's policy, and a new one put in force.

A new version is a file of JSON, read as `./keyline clocks --policy` reads one, so that its days can
be looked at before. It is raised in the name of the partnership's business manager, with the reason
and who agreed it. Cases that are open keep the policy with which they began.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from deployments.clocks import read_policy
from deployments.local.run_record import RunningPlatform
from services.bootstrap import neighbours
from services.casework.audit import note_administration
from services.casework.engine.transactions import TransactionContext, as_keyline, translated
from services.casework.named_person import NamedPerson, actor_named
from services.casework.policies import RaisePolicy, raise_policy
from services.casework.provisioning import partnership_id_of
from services.database.partnerships import agencies
from services.database.policies import adoptions_of, get_policy_version, policy_versions
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.audit import AdministrativeEvent
from services.domain.clocks.policy_json import PartnershipPolicy
from services.domain.errors import AnswerRefused, NotFound
from services.domain.roles import Permission

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


def raise_in_name(
    context: TransactionContext, who: NamedPerson, command: RaisePolicy, new: PartnershipPolicy
) -> int:
    """Raise the version in the manager's name, and note that it was done at the command line."""
    actor = actor_named(context, who, Permission.CHANGE_POLICY)
    now = context.now()
    with translated(), unit_of_work(context.engine, actor, now, context.calendar, uuid4()) as work:
        number = raise_policy(work, command, new)
        note_administration(work, AdministrativeEvent.COMMAND_LINE_USED)
    return number


def listed(work: UnitOfWork) -> Iterator[str]:
    """Yield every version with its reason, and the agencies that have yet to adopt the newest."""
    for one in policy_versions(work.session):
        when = f"{one.raised_at:%Y-%m-%d}" if one.raised_at else "founding"
        agreed = f" Agreed: {one.agreed}" if one.agreed else ""
        yield f"{one.version}  {when}  {one.policy['version']}: {one.reason}{agreed}"
    adopted = {one.agency_id for one in adoptions_of(work.session, work.partnership.policy_version)}
    for agency in agencies(work.session):
        if agency.id not in adopted:
            yield f"not adopted yet: {agency.name}"


def shown(work: UnitOfWork, version: int) -> Iterator[str]:
    """Yield one version as it was in force."""
    yield json.dumps(get_policy_version(work.session, version).policy, indent=2)
