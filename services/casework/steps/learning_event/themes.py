"""A report goes to the partners once its team is on record and agreed on themes (LC-25, LC-36)."""

from services.casework.steps.learning_event.plan import (
    confirmed_themes,
    has_no_team,
    must_read_team,
)
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.labels.own_words import in_own_words


def must_have_themes(work: UnitOfWork, case: Case) -> None:
    """Refuse a report of which nobody said who is of the team, or what its key themes are.

    A review whose team is on record as not needed has nobody who confirms themes.
    """
    if not facts(work.session, case.id, EntryType.TEAM_NAMED):
        raise RuleBroken(
            in_own_words(
                "It is not on record whether this review has a review team (LC-25): name who is of "
                "it, or say why there is none."
            )
        )
    if not has_no_team(work, case) and not confirmed_themes(work, case):
        must_read_team(work, case)
        raise RuleBroken(
            in_own_words(
                "The review team confirms the key themes of the report first (LC-36), in the "
                "minutes of a meeting."
            )
        )
