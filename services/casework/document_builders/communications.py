"""The papers of communications: strategy, press statement, who told practitioners (Doc 17).

The strategy and the statement are read by communications teams of several organisations, and name
nobody of the case.
"""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from services.casework.answers_as_text import as_tables
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    in_paragraphs,
    on_day,
    parts,
)
from services.casework.steps.communications.strategy_said import PlanCommunications
from services.casework.steps.publication.staff_said import ConfirmStaffTold, RecordStaffTold
from services.casework.steps.publication.staff_standing import (
    SAID_OF_STAFF,
    SETS_DAY,
    is_of_newest_day,
    sets_day,
    words_of_staff,
)
from services.domain.documents import Answer, PaperSection
from services.domain.entry_types import EntryType
from services.domain.working_days import london_date

_OF_STATEMENT = frozenset({"statement", "questions", "may_be_said"})


def publication_strategy(context: BuilderContext) -> DocumentContent:
    """Build this version of the publication and communications strategy (Doc 17).

    The statement with its questions and answers is a paper of its own.
    """
    strategy = context.history.command(EntryType.COMMUNICATIONS_PLANNED, PlanCommunications)
    return DocumentContent(
        sections=parts("What was agreed", strategy, {}, without=_OF_STATEMENT),
        details={"Kept on": on_day(london_date(context.history.newest.at))},
    )


def press_statement(context: BuilderContext) -> DocumentContent:
    """Build the statement to the press, with the answers that are agreed to questions (Doc 17)."""
    strategy = context.history.command(EntryType.COMMUNICATIONS_PLANNED, PlanCommunications)
    rest = frozenset(PlanCommunications.model_fields) - {"questions"}
    return DocumentContent(
        sections=(
            in_paragraphs("Statement", strategy.statement or ""),
            *as_tables(strategy, {}, without=rest),
        ),
        details={"Agreed on": on_day(london_date(context.history.newest.at))},
    )


def staff_confirmations(context: BuilderContext) -> DocumentContent:
    """Build what each agency says of how its practitioners were told of the day (PUB-22)."""
    days = [one for one in context.history.all(*SETS_DAY) if sets_day(one)]
    said = {
        UUID(one.subject): words_of_staff(one)
        for one in context.history.all(*SAID_OF_STAFF)
        if is_of_newest_day(one, days)
    }
    by_name = sorted(said, key=lambda one: context.names.get(one, ""))
    return DocumentContent(
        sections=tuple(
            PaperSection(
                heading=context.names.get(one, ""),
                answers=tuple(Answer(label=name, text=text) for name, text in _told(said[one])),
            )
            for one in by_name
        ),
        details={"To be published on": on_day(date.fromisoformat(days[-1].command["publish_on"]))},
    )


def _told(said: ConfirmStaffTold | RecordStaffTold) -> Iterator[tuple[str, str]]:
    """Yield what is said of one agency, and who says it; what was not answered is left out."""
    recorded = said if isinstance(said, RecordStaffTold) else None
    told = (
        ("Told on", on_day(said.told_on)),
        ("Told by", said.told_by),
        ("Support", said.support),
        ("Not told, and why publication does not wait", recorded.why_not if recorded else None),
        ("Said by", recorded.source if recorded else "The agency itself"),
    )
    yield from ((name, text) for name, text in told if text)
