"""The child death review of a child who died is linked to the case (GOV-05, PAR-05)."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import ChildChoice, Command, Day, ShortText, YesNo, named
from services.casework.effects import close_todos
from services.casework.steps.child_death.death import children_who_died
from services.database.cases import Case, Child
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import THE_REFERRAL, EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.plain_dates import day_month_year
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import BEFORE_REFERRAL, Stage

_NOT_THEIRS: Final = AnswerRefused("child", "Choose one of the children of this case who died.")


class LinkDeathReview(Command):
    """The child death review of a child of this case, which every child death has (GOV-05, PAR-05).

    To correct what is on record, record it again: the newest counts for each child.
    """

    child: ChildChoice = Field(title="Which child's death is reviewed?")
    identifier: ShortText = Field(
        title="Which number does it have?", description="For example its number in eCDOP."
    )
    panel: ShortText = Field(
        title="Which child death overview panel considers it?",
        description="By agreement it may be that of another area.",
    )
    elsewhere: YesNo | None = Field(
        default=None,
        title="Is that the panel of another area?",
        description="Then you tell its coordinator of the hold: Keyline writes to our own alone.",
    )
    contact: ShortText = Field(
        title="Who coordinates it, and how are they reached?",
        description="Their post, with a work telephone number or email.",
    )
    reference_given_on: Day | None = Field(
        default=None,
        title="When were they given the reference of this case?",
        description="What they are written to names this case by its reference alone.",
    )


class DeathReviewLinked(Command):
    """What is kept of it: the child by name, since an id tells a reader nothing."""

    child: str = Field(title="Which child's death is reviewed?")
    identifier: str = Field(title="Which number does it have?")
    panel: str = Field(title="Which child death overview panel considers it?")
    elsewhere: YesNo | None = Field(default=None, title="Is that the panel of another area?")
    contact: str = Field(title="Who coordinates it, and how are they reached?")
    reference_given_on: Day | None = Field(
        default=None, title="When were they given the reference of this case?"
    )


def link_death_review(work: UnitOfWork, case_id: CaseId, command: LinkDeathReview) -> Case:
    """Link the child death review of one child; several children have one each."""
    case = begin(work, case_id, LINK_DEATH_REVIEW, command)
    died = children_who_died(work, case)
    if not died:
        raise RuleBroken("No child of this case died, as far as the referral says (GOV-05).")
    child = named(died, command.child, _NOT_THEIRS)
    given_on = command.reference_given_on
    if given_on is not None and given_on > work.today:
        raise AnswerRefused("reference_given_on", "Enter a day that is not in the future.")
    kept = DeathReviewLinked.model_validate(command.model_dump() | {"child": called(child, died)})
    record_entry_as(
        work, case, LINK_DEATH_REVIEW, command, Entered(subject=str(child.id), kept=kept)
    )
    if all_linked(work, case):
        close_todos(work, case, Todo.LINK_DEATH_REVIEW)
    return case


LINK_DEATH_REVIEW = Act(
    name="link_death_review",
    command=LinkDeathReview,
    which="child",
    perform=link_death_review,
    permission=Permission.CORRECT_REFERRAL,
    doing="link the child death review",
    stages=frozenset(Stage) - {Stage.INVITED, *BEFORE_REFERRAL},
    is_offered=lambda work, case: bool(children_who_died(work, case)),
    entry=EntryType.DEATH_REVIEW_LINKED,
    kept=DeathReviewLinked,
    todo=Todo.LINK_DEATH_REVIEW,
    shows=THE_REFERRAL,
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
)


def called(child: Child, among: Collection[Child]) -> str:
    """Return by what the child is known: the name, and the birth date where there is one.

    Twins of one name are told apart by their place in the referral.
    """
    alike = [one for one in among if (one.name, one.born_on) == (child.name, child.born_on)]
    born = f", born on {day_month_year(child.born_on)}" if child.born_on else ""
    place = f", child {child.place} of the referral" if len(alike) > 1 else ""
    return f"{child.name}{born}{place}"


def all_linked(work: UnitOfWork, case: Case) -> bool:
    """Tell whether each child who died has a child death review that is linked."""
    linked = {one.child for one in death_reviews(work, case.id)}
    died = children_who_died(work, case)
    return {called(one, died) for one in died} <= linked


def panels_elsewhere(work: UnitOfWork, case: Case) -> tuple[bool, bool]:
    """Tell whether a panel of another area considers a death of the case, and whether our own does.

    A death whose review is not linked yet is our own panel's.
    """
    died, linked = children_who_died(work, case), death_reviews(work, case.id)
    away = {one.child for one in linked if one.elsewhere}
    names = {called(one, died) for one in died}
    return bool(names & away), not names or bool(names - away)


def death_reviews(work: UnitOfWork, case_id: UUID) -> list[DeathReviewLinked]:
    """Return the child death reviews that are linked: of each child the newest on record."""
    said = all_of(work.session, case_id, EntryType.DEATH_REVIEW_LINKED)
    told = [DeathReviewLinked.model_validate(one.command) for one in said]
    return list({one.child: one for one in told}.values())
