"""A partnership's own Word templates: one person proposes a version, another applies it.

As with the policy, nothing changes before the second person has approved, and nothing before the
day from which it holds. A paper follows the version that held when it was ordered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from services.casework.audit import note_administration
from services.casework.commands import Command, Day, ShortText, YesNo
from services.casework.form_keys import new_id
from services.casework.second_person import (
    answered_before,
    must_be_another,
    must_say_why_not,
)
from services.casework.steps.file_checks import StoredUpload
from services.database.paper_templates import (
    PaperTemplate,
    PaperTemplateAnswer,
    get_template,
    paper_templates,
    template_answers,
)
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import AdministrativeEvent
from services.domain.documents import DocumentKind
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound, RuleBroken
from services.domain.paper_templates import OFFERED
from services.domain.roles import Permission
from services.domain.working_days import london_date, written


class ProposeTemplate(Command):
    """Why the template of a kind of paper changes, and from when; its file comes beside it."""

    reason: ShortText = Field(title="Why does it change?")
    effective_on: Day = Field(
        title="From which day does it hold?",
        description="Papers that were ordered before are made from the template of then.",
    )


class AnswerTemplate(Command):
    """What a second person says of a proposed template, once they have looked at its preview."""

    is_approved: YesNo = Field(
        title="Is it applied?",
        description="Look at the preview first. It then holds from its day on.",
    )
    reasons: ShortText | None = Field(default=None, title="Why not, if it is not?")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTemplate:
    """A version that two people applied; it holds from ``since``, and until before ``until``."""

    template: PaperTemplate
    applied_at: datetime
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatesOnRecord:
    """Versions of templates, newest first, and what a second person said of each."""

    versions: Sequence[PaperTemplate]
    answers: Mapping[UUID, PaperTemplateAnswer]

    def of(self, kind: DocumentKind) -> list[PaperTemplate]:
        """Return the versions of one kind, newest first."""
        return [one for one in self.versions if one.kind is kind]

    def waiting(self, kind: DocumentKind) -> PaperTemplate | None:
        """Return the version of the kind that waits for a second person, if one does."""
        return next((one for one in self.of(kind) if one.id not in self.answers), None)

    def held(self, kind: DocumentKind) -> list[HeldTemplate]:
        """Return the versions of the kind that two people applied, oldest first, by their days."""
        begun = [
            (one, answer.answered_at, max(one.effective_on, london_date(answer.answered_at)))
            for one in reversed(self.of(kind))
            if (answer := self.answers.get(one.id)) is not None and answer.is_approved
        ]
        ends = [since for *_, since in begun[1:]]
        return [
            HeldTemplate(template=one, applied_at=applied_at, since=since, until=until)
            for (one, applied_at, since), until in zip(begun, [*ends, None], strict=False)
        ]

    def holding(self, kind: DocumentKind, on: date) -> PaperTemplate | None:
        """Return the version of the partnership's own that holds on the day, if one does."""
        now = next((one.template for one in reversed(self.held(kind)) if one.since <= on), None)
        return now if now is not None and now.key else None


def templates_on_record(work: UnitOfWork, kind: DocumentKind | None = None) -> TemplatesOnRecord:
    """Read the templates of one kind, or of every kind, at once."""
    versions = paper_templates(work.session, kind)
    answers = template_answers(work.session) if versions else {}
    return TemplatesOnRecord(versions=versions, answers=answers)


def offered_kind(code: str) -> DocumentKind:
    """Return the kind of paper that the code names, if a partnership may have its own template."""
    found = next((kind for kind in OFFERED if kind.value == code), None)
    if found is None:
        raise NotFound("There is no such kind of paper with a template of your own.")
    return found


def must_be_able_to_propose(work: UnitOfWork, kind: DocumentKind, command: ProposeTemplate) -> None:
    """Refuse who may not propose it now, before its file is looked at."""
    work.actor.must(Permission.PROPOSE_POLICY)
    if waiting_template(work, kind) is not None:
        raise RuleBroken("Another version waits for a second person: it is answered first.")
    if command.effective_on < work.today:
        raise AnswerRefused("effective_on", "It cannot hold from a day in the past.")
    held = held_templates(work, kind)
    if held and command.effective_on < held[-1].since:
        raise AnswerRefused(
            "effective_on",
            f"Version {held[-1].template.version} is applied and holds from "
            f"{written(held[-1].since)}: enter that day or a later one.",
        )


def propose_template(
    work: UnitOfWork, kind: DocumentKind, command: ProposeTemplate, upload: StoredUpload | None
) -> int:
    """Put the next version to a second person; return its number.

    Without a file it says that Keyline's own template holds again. If this fails, the object is an
    orphan for the sweep.
    """
    lock_partnership(work.session)
    must_be_able_to_propose(work, kind, command)
    if upload is None and _last_with_file(held_templates(work, kind)) is None:
        raise AnswerRefused("file", "Choose the template. Keyline's own holds already.")
    known = paper_templates(work.session, kind)
    row = PaperTemplate(
        tenant_id=work.actor.partnership_id,
        id=new_id(work, PaperTemplate),
        kind=kind,
        version=known[0].version + 1 if known else 1,
        reason=command.reason,
        effective_on=command.effective_on,
        proposed_by=work.actor.person_id,
        proposed_at=work.now,
    )
    if upload is not None:
        row.filename, row.size = upload.checked.filename, upload.checked.size
        row.key, row.version_id = upload.stored.key, upload.stored.version_id
        row.sha256 = upload.checked.sha256
    work.session.add(row)
    work.session.flush()
    _note(work, AdministrativeEvent.TEMPLATE_PROPOSED, row)
    return row.version


def answer_template(
    work: UnitOfWork, kind: DocumentKind, number: int, command: AnswerTemplate
) -> None:
    """Apply a proposed version, or refuse it; another person answers than proposed it."""
    work.actor.must(Permission.DECIDE_POLICY)
    lock_partnership(work.session)
    waits = waiting_template(work, kind)
    if waits is None or waits.version != number:
        answer = template_answers(work.session).get(get_template(work.session, kind, number).id)
        if answer is None:
            raise AlreadyDone("This version does not wait for a second person.")
        by, at, is_yes = answer.answered_by, answer.answered_at, answer.is_approved
        raise answered_before(work, "This version", by, at, is_approved=is_yes)
    must_be_another(work, waits.proposed_by, does="applies")
    must_say_why_not(is_approved=command.is_approved, reasons=command.reasons)
    work.session.add(
        PaperTemplateAnswer(
            tenant_id=work.actor.partnership_id,
            template_id=waits.id,
            proposed_by=waits.proposed_by,
            is_approved=command.is_approved,
            reasons=command.reasons or "",
            answered_by=work.actor.person_id,
            answered_at=work.now,
        )
    )
    work.session.flush()
    event = AdministrativeEvent.TEMPLATE_APPLIED
    if not command.is_approved:
        event = AdministrativeEvent.TEMPLATE_REFUSED
    _note(work, event, waits)


def _note(work: UnitOfWork, event: AdministrativeEvent, one: PaperTemplate) -> None:
    told = {"object": str(one.id), "document": one.kind.value, "version": one.version}
    if one.sha256:
        told["digest"] = one.sha256
    note_administration(work, event, told)


def template_version(work: UnitOfWork, kind: DocumentKind, number: int) -> PaperTemplate:
    """Return one version to somebody who may read the policy."""
    work.actor.must(Permission.READ_POLICY)
    return get_template(work.session, kind, number)


def waiting_template(work: UnitOfWork, kind: DocumentKind) -> PaperTemplate | None:
    """Return the version that waits for a second person, if one does."""
    return templates_on_record(work, kind).waiting(kind)


def held_templates(work: UnitOfWork, kind: DocumentKind) -> Sequence[HeldTemplate]:
    """Return the versions that two people applied, oldest first, each with its days."""
    return templates_on_record(work, kind).held(kind)


def template_at(work: UnitOfWork, kind: DocumentKind, moment: datetime) -> PaperTemplate | None:
    """Return the partnership's own template that held at the moment; None for the house's own."""
    if kind not in OFFERED:
        return None
    day = london_date(moment)
    for held in reversed(held_templates(work, kind)):
        if held.since <= day and held.applied_at <= moment:
            return held.template if held.template.key else None
    return None


def _last_with_file(held: Sequence[HeldTemplate]) -> PaperTemplate | None:
    """Return the newest version that was applied, if it has a file."""
    return held[-1].template if held and held[-1].template.key else None
