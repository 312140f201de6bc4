"""What holds where one person proposes and a second answers: it is another, who says why not."""

from uuid import UUID

from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused, NotPermitted


def must_be_another(work: UnitOfWork, proposed_by: UUID, *, does: str) -> None:
    """Refuse whoever proposed it themselves; ``does`` says what another person does with it."""
    if proposed_by == work.actor.person_id:
        raise NotPermitted(f"Another person {does} it: you proposed it yourself.")


def must_say_why_not(*, is_approved: bool, reasons: str | None) -> None:
    """Refuse an answer that says no without saying why."""
    if not is_approved and not reasons:
        raise AnswerRefused("reasons", "Say why not.")
