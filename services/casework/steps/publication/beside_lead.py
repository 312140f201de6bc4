"""A publisher beside the partnership that leads: what it is asked to publish."""

from datetime import date
from typing import Final

from pydantic import Field

from services.casework.act import latest_command
from services.casework.commands import Command
from services.casework.joint.matters import as_member, bearer_of
from services.casework.steps.rounds.sign_off_rounds import round_of
from services.database.cases import Case
from services.database.history import all_of, facts, last_fact
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo

TO_PUBLISH: Final = (Todo.PRE_SEND, Todo.PUBLISH, Todo.PUBLISH_IMPROVEMENTS)
_MATTER: Final = SignOffMatter.PUBLICATION.value


def to_publish(*, publishes: bool | None) -> Todo:
    """Return what is to be done on the day: publish the report, or improvements instead of it."""
    return Todo.PUBLISH if publishes else Todo.PUBLISH_IMPROVEMENTS


class PublicationAsked(Command):
    """What every party agreed to publish, and how far the publishers have come."""

    partnership: str = Field(title="Which partnership leads?")
    round: int = Field(title="In which round was it signed?")
    publishes: bool = Field(title="Is the report published, and not improvements instead of it?")
    publish_on: date = Field(title="On which day?")
    reviewer: str = Field(title="Who is the lead reviewer?")
    all_sent: bool = Field(title="Has every publisher sent the text to the three bodies?")


def is_beside_lead(work: UnitOfWork, case: Case) -> bool:
    """Tell whether another partnership's case carries publication, and ours is only beside it."""
    return not bearer_of(work, case, SignOffMatter.PUBLICATION).is_own(case)


def asked_to_publish(work: UnitOfWork, case: Case, *, all_sent: bool = False) -> PublicationAsked:
    """Return what we are asked to publish; refuse what is not agreed, and a lower part (GOV-11)."""
    part = membership_of(work.session, case.id)
    if part is None or not as_member(part).publishes:
        raise RuleBroken(
            "Your partnership does not publish in this joint review: the lead does, and who takes "
            "part as jointly publishing."
        )
    round_ = round_put(work, case)
    asked = latest_command(
        work, case, EntryType.PUBLICATION_ASKED, PublicationAsked, f"{round_}:{all_sent}"
    )
    if all_sent and (asked is None or is_held(work, case, round_)):
        raise RuleBroken(
            "Every publisher sends the text to the three bodies before it is published (PUB-26, "
            "K12): another one has yet to do so."
        )
    if asked is None:
        raise RuleBroken("The partners of all publishers approve the plan before it is sent (G10).")
    return asked


def is_held(work: UnitOfWork, case: Case, round_: int) -> bool:
    """Tell whether publication waits again: after all had sent the text, it came back to one."""
    held = [
        one.number
        for one in facts(work.session, case.id, EntryType.PUBLICATION_HELD)
        if one.subject.startswith(f"{round_}:")
    ]
    asked = last_fact(work.session, case.id, EntryType.PUBLICATION_ASKED, f"{round_}:True")
    return bool(held) and (asked is None or asked.number < held[-1])


def is_published_together(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the case takes part in a joint review now."""
    return membership_of(work.session, case.id) is not None


def round_put(work: UnitOfWork, case: Case) -> int:
    """Return the newest round of publication that we know of, shown or asked for."""
    rounds: list[int] = [round_of(work, case, SignOffMatter.PUBLICATION)]
    for kind in (EntryType.SIGNATURES_ASKED, EntryType.PUBLICATION_ASKED):
        said = [one.command for one in all_of(work.session, case.id, kind)]
        rounds += [one["round"] for one in said if one.get("matter", _MATTER) == _MATTER]
    return max(rounds)
