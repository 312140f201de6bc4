"""A partnership's own templates as pages tell them: by kind, by version, and between which days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.casework.own_templates import HeldTemplate, TemplatesOnRecord, templates_on_record
from services.database.paper_templates import PaperTemplate, PaperTemplateAnswer
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.documents.own.names import names_for
from services.domain.documents import DocumentKind
from services.domain.labels import document_title
from services.domain.labels.own_words import in_own_words
from services.domain.paper_templates import OFFERED
from services.domain.plain_dates import weekday_day_month_year

HOUSE = "Keyline's own template"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateVersion:
    """One version of a template, why it was proposed and by whom, and how it stands."""

    number: int
    filename: str
    reason: str
    proposed_by: str
    proposed_at: datetime
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateOfKind:
    """A kind of paper: for whom, what holds today, every version, and what waits."""

    code: str
    title: str
    whom: str
    holds: str
    names: Mapping[str, str]
    versions: tuple[TemplateVersion, ...]
    waits: PaperTemplate | None
    is_mine: bool


def templates_of_kinds(work: UnitOfWork) -> list[TemplateOfKind]:
    """Return each kind of which the partnership may have its own template."""
    record = templates_on_record(work)
    known = _people_of(work, record)
    return [_of_kind(work, record, known, kind) for kind in OFFERED]


def template_of_kind(work: UnitOfWork, kind: DocumentKind) -> TemplateOfKind:
    """Return one kind with every version, newest first."""
    record = templates_on_record(work, kind)
    return _of_kind(work, record, _people_of(work, record), kind)


def _people_of(work: UnitOfWork, record: TemplatesOnRecord) -> dict[UUID, str]:
    """Return the names of whoever proposed a version or answered one."""
    who = {one.proposed_by for one in record.versions}
    return names(work.session, who | {one.answered_by for one in record.answers.values()})


def _of_kind(
    work: UnitOfWork, record: TemplatesOnRecord, known: Mapping[UUID, str], kind: DocumentKind
) -> TemplateOfKind:
    now, waits = record.holding(kind, work.today), record.waiting(kind)
    return TemplateOfKind(
        code=kind.value,
        title=document_title(kind),
        whom=in_own_words(OFFERED[kind].whom),
        holds=_named(now),
        names=names_for(kind),
        versions=tuple(_versions(record, known, kind)),
        waits=waits,
        is_mine=waits is not None and waits.proposed_by == work.actor.person_id,
    )


def _named(now: PaperTemplate | None) -> str:
    """Say which template holds today."""
    if now is None:
        return HOUSE
    return f"Version {now.version} of the partnership's own, {now.filename}"


def _versions(
    record: TemplatesOnRecord, known: Mapping[UUID, str], kind: DocumentKind
) -> list[TemplateVersion]:
    days = {one.template.id: one for one in record.held(kind)}
    return [
        TemplateVersion(
            number=one.version,
            filename=one.filename,
            reason=one.reason,
            proposed_by=known.get(one.proposed_by, "a person of the partnership"),
            proposed_at=one.proposed_at,
            standing=_standing(record.answers.get(one.id), days.get(one.id), known),
        )
        for one in record.of(kind)
    ]


def _standing(
    answer: PaperTemplateAnswer | None, held: HeldTemplate | None, known: Mapping[UUID, str]
) -> str:
    """Say between which days the version holds, that it waits, or why it was refused."""
    if answer is None:
        return "Waits for a second person."
    by = known.get(answer.answered_by, "a person of the partnership")
    if held is None:
        return f"Refused by {by}: {answer.reasons}"
    told = f"From {weekday_day_month_year(held.since)}"
    if held.until is None:
        return f"{told}, applied by {by}."
    last = max(held.since, held.until - timedelta(days=1))
    return f"{told} until {weekday_day_month_year(last)}, applied by {by}."
