"""What holds where one person proposes and a second answers: it is another, who says why not."""

from datetime import datetime
from uuid import UUID

from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AlreadyDone, AnswerRefused, NotPermitted
from services.domain.plain_dates import date_and_time


def must_be_another(work: UnitOfWork, proposed_by: UUID, *, does: str) -> None:
    """Refuse whoever proposed it themselves; ``does`` says what another person does with it."""
    if proposed_by == work.actor.person_id:
        raise NotPermitted(f"Another person {does} it: you proposed it yourself.")


def must_say_why_not(*, is_approved: bool, reasons: str | None) -> None:
    """Refuse an answer that says no without saying why."""
    if not is_approved and not reasons:
        raise AnswerRefused("reasons", "Say why not.")


def answered_before(
    work: UnitOfWork, what: str, by: UUID, at: datetime, *, is_approved: bool
) -> AlreadyDone:
    """Return what tells whoever comes second who has answered ``what``, how and when."""
    who = names(work.session, {by}).get(by, "a person who has left")
    how = "approved" if is_approved else "refused"
    return AlreadyDone(
        f"{what} has been answered already: {how} by {who} on {date_and_time(at)}. "
        "The first answer stands, and what you typed was not recorded."
    )
