"""`./keyline verify-audit`: whether the audit chains of an installation are whole."""

import os
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from deployments.local.run_record import RunningPlatform
from services.bootstrap import neighbours
from services.casework.engine.audit_checks import (
    AuditContext,
    CheckedChain,
    check_chain,
    check_installation,
)
from services.casework.engine.transactions import as_keyline
from services.database import watch
from services.domain.audit_verifier import kept_lines, report
from services.domain.errors import Unavailable
from services.domain.identifiers import PartnershipId

Code = Annotated[str, typer.Option(help="The code of one partnership; else all of them.")]
Kept = Annotated[
    list[Path], typer.Option(help="A file with anchor lines that were kept; may be repeated.")
]


def verify_audit(partnership: Code = "", kept: Kept = []) -> int:  # noqa: B006 - typer's own way
    """Verify every link, the anchors in the store, lines that were kept, and the content."""
    if kept and not partnership:
        raise typer.BadParameter("Lines belong to one partnership: name it with --partnership.")
    if "KEYLINE_DATABASE_URL" not in os.environ:
        os.environ.update(RunningPlatform.find().settings)
    around = neighbours()
    text = "\n".join(path.read_text(encoding="utf-8") for path in kept)
    is_whole = True
    for checked in checked_chains(around, partnership, text):
        print("\n".join(report(checked.chain, checked.findings)), end="\n\n")
        is_whole = is_whole and not checked.findings
    return 0 if is_whole else 1


def checked_chains(around: AuditContext, code: str, kept: str) -> Iterator[CheckedChain]:
    """Yield each chain as it was checked."""
    found = False
    for partnership_id in watch.partnerships(around.engine):
        with as_keyline(around, partnership_id) as work:
            name = f"{work.partnership.code}, {work.partnership.name}"
            is_wanted = code in {"", work.partnership.code}
        if is_wanted:
            found = True
            yield _one(around, partnership_id, name, kept)
    if code and not found:
        raise Unavailable(f"There is no partnership with the code {code}.")
    if not code:
        print("The installation itself: what strangers tried at the door")
        yield check_installation(around)


def _one(around: AuditContext, partnership_id: PartnershipId, name: str, kept: str) -> CheckedChain:
    begun = perf_counter()
    checked = check_chain(around, partnership_id, kept=kept_lines(kept))
    seconds = perf_counter() - begun
    print(f"{name} ({len(checked.chain.links) / max(seconds, 1e-9):,.0f} links a second)")
    return checked
