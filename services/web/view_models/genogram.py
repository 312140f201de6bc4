"""The genogram as the case page shows it: drawn, and the same in words (FAM-06)."""

from dataclasses import dataclass

from markupsafe import Markup

from services.casework.steps.families.genogram import genogram_on_record
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class GenogramView:
    """The newest version: its drawing, what it shows in words, and how it was checked."""

    drawing: Markup
    words: tuple[str, ...]
    said: str


def genogram_view(work: UnitOfWork, case: Case) -> GenogramView | None:
    """Return the newest version that is kept, if the person reads it."""
    kept = genogram_on_record(work, case)
    if kept is None:
        return None
    drawn = kept.genogram
    state = "Full and accurate, as far as is known." if kept.is_full else "Not full yet:"
    return GenogramView(
        # Every word in it is escaped where it is drawn.
        drawing=Markup(drawn.drawn("Genogram of the family", holds_words=False)),  # noqa: S704
        words=drawn.in_words,
        said=" ".join(filter(None, (state, kept.missing))),
    )
