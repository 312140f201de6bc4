"""The themes of a case are named from one list, so that trends can be counted (EMB-10)."""

from collections.abc import Iterable
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, ThemeChoices
from services.database.cases import Case
from services.database.history import Entry, last_entry
from services.database.learning import themes_listed
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.themes import Theme, shipped_id
from services.domain.workflow import Stage

MOST: int = 8


class NameThemes(Command):
    """What this case teaches about, from one list for all cases (EMB-10).

    They are counted over the cases of the partnership. Naming them again takes their place.
    """

    themes: tuple[Theme, ...] = Field(
        title="Which themes does the case have?",
        description=f"At most {MOST}, with the partnership's own.",
    )
    own_themes: ThemeChoices = Field(
        default=(), title="Which of the partnership's own themes does it have?"
    )
    said: LongText | None = Field(
        default=None, title="In what do they show?", description="It stands in the history alone."
    )


def name_themes(work: UnitOfWork, case_id: CaseId, command: NameThemes) -> Case:
    """Keep the themes of the case, in the place of those that were named before."""
    case = begin(work, case_id, NAME_THEMES, command)
    if not 1 <= len(command.themes) + len(command.own_themes) <= MOST:
        raise AnswerRefused("themes", f"Choose from one to {MOST} themes.")
    must_be_offered(work, "themes", map(shipped_id, command.themes))
    must_be_offered(work, "own_themes", command.own_themes)
    record_entry(work, case, NAME_THEMES, command)
    return case


def must_be_offered(work: UnitOfWork, field: str, themes: Iterable[UUID]) -> None:
    """Refuse a theme that is not on the partnership's list of today."""
    offered = {one.id for one in themes_listed(work.session).offered}
    if not offered.issuperset(themes):
        raise AnswerRefused(field, "Choose themes that are offered today.")


def themes_of(entry: Entry) -> set[UUID]:
    """Return the themes that an entry names, by their ids on the partnership's list."""
    named = NameThemes.model_validate(entry.command)
    return {*map(shipped_id, named.themes), *named.own_themes}


def named_last(work: UnitOfWork, case: Case) -> NameThemes | None:
    """Return what was named last: the form opens with it."""
    entry = last_entry(work.session, case.id, EntryType.THEMES_NAMED)
    return NameThemes.model_validate(entry.command) if entry is not None else None


NAME_THEMES = Act(
    name="name_themes",
    command=NameThemes,
    perform=name_themes,
    permission=Permission.RUN_LEARNING,
    doing="name the themes of the case",
    stages=frozenset(
        {
            Stage.RAPID_REVIEW,
            Stage.WITH_PANEL,
            Stage.NATIONAL_REVIEW,
            Stage.COMMISSIONING,
            Stage.LOCAL_REVIEW,
            Stage.PUBLICATION,
            Stage.EMBEDDING,
        }
    ),
    entry=EntryType.THEMES_NAMED,
    section=Section.INTERNAL,
)
