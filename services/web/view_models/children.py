"""The children of an incident, and the reviews of a death, as the page of the case tells them."""

from dataclasses import dataclass
from datetime import date

from services.casework.access.parts import reads_family
from services.casework.answers_as_text import text_of
from services.casework.steps.child_death.death_review import DeathReviewLinked, death_reviews
from services.casework.steps.child_death.review_hold import HoldKept
from services.casework.steps.family import FamilyLine, family_on_record
from services.casework.steps.referral.referred import ChildParticulars, as_child
from services.casework.steps.referral.same_incident import may_be_same_incident
from services.database.cases import Case, children
from services.database.history import all_of
from services.database.outbox import case_emails
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.versions import UNBORN_CHILDREN
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.review_holds import HoldReason
from services.domain.roles import Permission
from services.domain.working_days import london_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLine:
    """One child of the incident: the name, the day of birth, and what else is known."""

    name: str
    born_on: date | None
    facts: tuple[tuple[str, str], ...]
    note: str


Family = tuple[FamilyLine, ...]


def family_lines(work: UnitOfWork, case: Case) -> Family:
    """Return the people of the family, for a person who may read of it."""
    return family_on_record(work, case)


def child_lines(work: UnitOfWork, case: Case) -> list[ChildLine]:
    """Return the children of the incident, for a person who may read of the family."""
    told = [as_child(one.particulars) for one in children(work.session, case.id)]
    return [
        ChildLine(
            name=child.name,
            born_on=child.born_on,
            facts=tuple((title, text_of(said, {})) for title, said in child.facts),
            note=_note(child),
        )
        for child in told
    ]


def same_incidents(work: UnitOfWork, case: Case) -> list[Case]:
    """Return the cases that may be about the same incident, for a person who may join them."""
    return may_be_same_incident(work, case)


def _note(child: ChildParticulars) -> str:
    """Say that no readable source confirms that an unborn child is a subject."""
    if child.expected_on is None or UNBORN_CHILDREN.confirmed:
        return ""
    return f"{UNBORN_CHILDREN.effect} Not verified: {UNBORN_CHILDREN.source}."


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLine:
    """How the hold stands: since when, and why; and when the panel's coordinator was written to."""

    is_held: bool
    since: date
    told_on: date | None
    reason: HoldReason


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildDeathView:
    """The child death reviews that are linked, and the hold (GOV-05, GOV-06)."""

    reviews: list[DeathReviewLinked]
    hold: HoldLine | None


def child_death_view(work: UnitOfWork, case: Case) -> ChildDeathView | None:
    """Return it to a person who reads the whole case; nothing where there is neither."""
    if not work.actor.may(Permission.READ_CASE):
        return None
    reviews = death_reviews(work, case.id) if reads_family(work, case.id) else []
    hold = _hold(work, case)
    return ChildDeathView(reviews=reviews, hold=hold) if reviews or hold else None


def _hold(work: UnitOfWork, case: Case) -> HoldLine | None:
    kinds = (EntryType.HOLD_PLACED, EntryType.HOLD_RELEASED)
    said = [one for kind in kinds for one in all_of(work.session, case.id, kind)]
    newest = max(said, key=lambda one: one.number, default=None)
    if newest is None:
        return None
    is_held = newest.entry_type is EntryType.HOLD_PLACED
    told = EmailTrigger.HOLD_PLACED if is_held else EmailTrigger.HOLD_RELEASED
    sent = [
        one.sent_at
        for one in case_emails(work.session, case.id)
        if one.event is told and one.sent_at is not None and one.posted_at >= newest.at
    ]
    return HoldLine(
        is_held=is_held,
        since=london_date(newest.at),
        told_on=london_date(min(sent)) if sent else None,
        reason=HoldKept.model_validate(newest.command).reason,
    )
