"""Who came to the learning event, and how whoever did not is heard instead (LC-39, LC-40)."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field

from services.casework.commands import LongText, NeededWhen
from services.casework.steps.learning_event.participants import must_have_agreed
from services.casework.steps.learning_event.plan import EventStanding, PostInvited
from services.database.cases import Case
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.learning_events import Presence

AgreedOtherwise = Annotated[
    LongText | None,
    NeededWhen("if somebody came who has not agreed at their own address"),
    Field(
        title="How did they declare their interests, and agree to keep the case confidential?",
        description="Whoever came and is not on the list of those who were invited in their own "
        "person, or has not agreed there (LC-01). Name nobody.",
    ),
]


class PostThere(PostInvited):
    """Whether somebody came, and how they are heard if they did not (LC-40)."""

    presence: Presence = Field(title="Did they come?")
    heard: Annotated[LongText | None, NeededWhen("if they did not come")] = Field(
        default=None, title="How are they heard instead, or why is that not needed?"
    )


def must_tell_of_each(
    work: UnitOfWork, case: Case, people: Sequence[PostThere], event: EventStanding
) -> None:
    """Refuse a record that leaves out a post that was invited (LC-39)."""
    for one in people:
        agency_on(work.session, case.id, one.agency)
    told = {(one.agency, one.post) for one in people}
    left = [one.post for one in event.plan.invited if (one.agency, one.post) not in told]
    if left:
        raise AnswerRefused("people", f"Say of each post whether it came: {', '.join(left)}.")


def must_hear_who_did_not_come(people: Iterable[PostThere]) -> None:
    """Refuse somebody who did not come without how they are heard, or why not (LC-40)."""
    for one in people:
        if (one.presence is Presence.CAME) is not (one.heard is None):
            raise AnswerRefused(
                "people",
                "Of whoever did not come, and of nobody else, say how they are heard instead, or "
                "why that is not needed (LC-40).",
            )


def must_have_agreed_who_came(
    work: UnitOfWork, case: Case, people: Iterable[PostThere], otherwise: str | None
) -> None:
    """Refuse that somebody came who has not agreed to keep the case confidential (LC-01)."""
    came = [one for one in people if one.presence is Presence.CAME]
    must_have_agreed(work, case, came, otherwise)
