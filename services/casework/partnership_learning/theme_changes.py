"""The partnership's list of themes: one is added, ended, or merged into another (EMB-10).

Each is an act with its reason, of who keeps the policy. What was named stays named.
"""

from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, LongText, ShortText, ThemeChoice
from services.casework.partnership_learning.records import NewRecord, begin, put_on_record
from services.database.learning import LearningRecord, themes_listed
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import LearningEvent
from services.domain.errors import AnswerRefused
from services.domain.roles import Permission
from services.domain.themes import ListedTheme


class AddTheme(Command):
    """A theme of the partnership's own, which is offered from now on."""

    name: ShortText = Field(
        title="What is the theme?", description="In a few words. Name no case, and nobody."
    )
    reason: LongText = Field(title="Why is it needed beside those on the list?")


class EndTheme(Command):
    """A theme that is not offered any more; where it was named it stands, and is counted."""

    theme: ThemeChoice = Field(title="Which theme is not named any more?")
    reason: LongText = Field(title="Why not?")


class MergeThemes(Command):
    """A theme that is counted with another from now on, also where it was named before."""

    theme: ThemeChoice = Field(title="Which theme is merged into another?")
    into: ThemeChoice = Field(title="With which theme is it counted from now on?")
    reason: LongText = Field(title="Why?")


def add_theme(work: UnitOfWork, command: AddTheme) -> LearningRecord:
    """Offer a theme of the partnership's own; raises AnswerRefused for one that is on the list."""
    if (known := _begin(work, command)) is not None:
        return known
    on_list = themes_listed(work.session).themes.values()
    if command.name.casefold() in {one.words.casefold() for one in on_list}:
        raise AnswerRefused("name", "There is a theme with these words on the list.")
    return _keep(work, LearningEvent.THEME_ADDED, command)


def end_theme(work: UnitOfWork, command: EndTheme) -> LearningRecord:
    """Offer a theme no longer; raises AnswerRefused for one that is not offered."""
    if (known := _begin(work, command)) is not None:
        return known
    _offered(work, "theme", command.theme)
    return _keep(work, LearningEvent.THEME_ENDED, command)


def merge_themes(work: UnitOfWork, command: MergeThemes) -> LearningRecord:
    """Count a theme with another; raises AnswerRefused where either is not offered, or for one."""
    if (known := _begin(work, command)) is not None:
        return known
    _offered(work, "theme", command.theme)
    _offered(work, "into", command.into)
    if command.theme == command.into:
        raise AnswerRefused("into", "Choose another theme than the one that is merged.")
    return _keep(work, LearningEvent.THEME_MERGED, command)


def _begin(work: UnitOfWork, command: Command) -> LearningRecord | None:
    return begin(work, command, permission=Permission.PROPOSE_POLICY)


def _offered(work: UnitOfWork, field: str, theme: UUID) -> ListedTheme:
    """Return the theme if it is offered today."""
    for one in themes_listed(work.session).offered:
        if one.id == theme:
            return one
    raise AnswerRefused(field, "Choose a theme that is offered today.")


def _keep(work: UnitOfWork, event: LearningEvent, command: Command) -> LearningRecord:
    return put_on_record(work, NewRecord(event=event, command=command, on_day=work.today))
