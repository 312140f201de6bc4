"""A partnership's own template that could not be filled in waits for who may put another."""

from dataclasses import dataclass

from services.casework.own_templates import templates_on_record
from services.database.documents import newest_made_from
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.labels import document_title
from services.domain.paper_templates import OFFERED, version_passed_over
from services.domain.roles import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateToMend:
    """A kind of paper whose template that holds today failed, and whether another waits."""

    kind: DocumentKind
    version: int
    has_next: bool

    @property
    def title(self) -> str:
        """Return how the kind of paper is called."""
        return document_title(self.kind)


def templates_to_mend(work: UnitOfWork) -> list[TemplateToMend]:
    """Return the templates that hold and could not be filled in for the newest paper of their kind.

    They are asked of whoever may propose another version, until one holds or a paper is made again.
    """
    if not work.actor.may(Permission.PROPOSE_POLICY):
        return []
    record = templates_on_record(work)
    holds = {kind: now for kind in OFFERED if (now := record.holding(kind, work.today))}
    made = newest_made_from(work.session, holds) if holds else {}
    return [
        TemplateToMend(kind=kind, version=now.version, has_next=record.waiting(kind) is not None)
        for kind, now in holds.items()
        if version_passed_over(made.get(kind, "")) == now.version
    ]
