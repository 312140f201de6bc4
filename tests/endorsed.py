"""An appointment of a reviewer as it is made: each partner of the side has endorsed it."""

from services.casework.commands import Command
from services.casework.steps.local_review.reviewer_said import AppointReviewer, PartnerEndorsed
from services.domain.parties import Party
from tests.world import Side


def endorsed_by(side: Side, when: str, *but: Party) -> tuple[PartnerEndorsed, ...]:
    """Return that everybody who acts for a partner endorsed it on the day, but for some."""
    people = [side.partner(one).person_id for one in side.parties if one not in but]
    return tuple(
        PartnerEndorsed.model_validate({"partner": one, "endorsed_on": when[:10]}) for one in people
    )


def as_endorsed(side: Side, command: Command, when: str) -> Command:
    """Return an appointment with who endorsed it, where that is not said; else the command."""
    if not isinstance(command, AppointReviewer) or command.endorsed:
        return command
    return command.model_copy(update={"endorsed": endorsed_by(side, when)})
