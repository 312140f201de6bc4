"""The papers of communications: the strategy, and the press statement from it (Doc 17).

They are read by communications teams of several organisations, and name nobody of the case.
"""

from services.casework.answers_as_text import as_tables
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    on_day,
    parts,
)
from services.casework.steps.communications.strategy_said import PlanCommunications
from services.domain.documents import PaperSection
from services.domain.entry_types import EntryType
from services.domain.working_days import london_date

_OF_STATEMENT = frozenset({"statement", "questions"})


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
    text = tuple((strategy.statement or "").split("\n\n"))
    rest = frozenset(PlanCommunications.model_fields) - {"questions"}
    return DocumentContent(
        sections=(
            PaperSection(heading="Statement", paragraphs=text),
            *as_tables(strategy, {}, without=rest),
        ),
        details={"Agreed on": on_day(london_date(context.history.newest.at))},
    )
