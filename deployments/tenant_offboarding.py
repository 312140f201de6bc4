"""What is taken out of Keyline: an export, or a partnership that leaves, with its certificate."""

from collections.abc import Iterator
from pathlib import Path

from deployments.tenant_export import exported_to, write_export
from services.casework.administration.export import ExportContext
from services.casework.administration.offboarding import dispose_of_every_record
from services.casework.administration.offboarding_certificate import certify_offboarding
from services.casework.administration.offboarding_decision import (
    Offboarding,
    decided_offboarding,
)
from services.casework.engine.disposal_rounds import settle_partnership
from services.casework.named_person import (
    NamedPerson,
    partnership_named,
    platform_administrator_named,
)
from services.domain.errors import AnswerRefused
from services.domain.export_verifier import MANIFEST, sha256_of


def taken_out(
    here: ExportContext, by: str, asked_by: NamedPerson, to: Path | None, *, leaves: bool
) -> Iterator[str]:
    """Export the partnership, or take it out if it leaves; yield what was done, line by line."""
    if to is None or not (leaves or asked_by.email):
        raise AnswerRefused("to", "Say --to." if leaves else "Say --asked-by and --to.")
    if not leaves:
        return exported_to(here, by, asked_by, to)
    carried_by = platform_administrator_named(here, by)
    partnership_id = partnership_named(here, asked_by.partnership)
    return offboarded(here, decided_offboarding(here, partnership_id, carried_by), to)


def offboarded(here: ExportContext, leaving: Offboarding, folder: Path) -> Iterator[str]:
    """Export, dispose of what nothing holds, and certify; yield what was done, line by line.

    Safe to repeat into another folder: what was held then and is not any more goes by the next run.
    Raises AnswerRefused for a folder with an export in it: it is the only one of what has gone.
    """
    certificate = folder.with_name(f"{folder.name}-certificate.pdf")
    if (folder / MANIFEST).exists() or certificate.exists():
        raise AnswerRefused("to", f"{folder} holds an export: choose another folder.")
    written = write_export(here, folder, leaving.proposed_by, leaving.carried_by)
    yield f"exported: {len(written.files)} files in {folder}, open to you alone"
    yield f"SHA-256 of its manifest: {sha256_of(folder / MANIFEST)}"
    stays = dispose_of_every_record(here, leaving, written.up_to)
    settle_partnership(here, leaving.partnership_id)
    yield from (f"stays: {one.reference}, {one.because}" for one in stays)
    made = certify_offboarding(here, leaving, stays)
    certificate.touch(mode=0o600)
    certificate.write_bytes(made.content)
    yield f"certificate: {certificate}, SHA-256 {made.sha256}"
