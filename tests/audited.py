"""What a partnership's audit chain holds, and what both verifiers name of it."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import Engine

from services.casework.access.audit import export
from services.casework.engine.audit_checks import check_chain, stored_anchors
from services.database import audit
from services.domain import audit_verifier
from services.domain.audit_verifier import Chain, Link, Mark
from services.domain.roles import Role
from tests.desk import Desk
from tests.world import Side, World


def links(world: World, side=None) -> list[Link]:
    actor = (side or world.ours).actor(Role.BUSINESS_MANAGER)
    with world.act(actor) as work:
        return list(audit.all_links(work.session, up_to=10**9))


def told(world: World, *names: str) -> list[tuple]:
    """Return the last links' bodies, narrowed to these names."""
    return [tuple((one.body or {}).get(name) for name in names) for one in links(world)]


def newest(desk: Desk) -> Mark:
    with desk.world.act(Role.BUSINESS_MANAGER) as work:
        return audit.head(work.session)


def named(desk: Desk, *kept: Mark) -> list[str]:
    """Return the kinds of tampering that the product's own check names."""
    checked = check_chain(desk, desk.world.ours.partnership_id, kept=kept)
    return sorted({one.kind for one in checked.findings})


def named_alone(desk: Desk, tmp_path: Path, *kept: Mark) -> str:
    """Return what the one file says of an export, run as a partnership runs it."""
    anchors = list(stored_anchors(desk.store, desk.world.ours.partnership_id))
    with desk.world.act(Role.BUSINESS_MANAGER) as work:
        (tmp_path / "export.jsonl").write_text("".join(export(work, anchors)))
    (tmp_path / "kept.txt").write_text("\n".join(one.line for one in kept))
    words = [sys.executable, "-I", audit_verifier.__file__, "export.jsonl", "kept.txt"]
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603
    assert ran.stderr == ""
    assert ran.returncode == (0 if "WHOLE" in ran.stdout else 1)
    return ran.stdout


def chain_of(engine: Engine, world: World, side: Side) -> Chain:
    """Return a partnership's chain as its own people read it."""
    with World(engine, world.ours, world.theirs).act(side.actor(Role.BUSINESS_MANAGER)) as work:
        head = audit.head(work.session)
        found = list(audit.all_links(work.session, up_to=10**9))
    return Chain(str(side.partnership_id), found, head)
