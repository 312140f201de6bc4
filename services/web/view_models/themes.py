"""The partnership's list of themes as its page shows it, and what became of it (EMB-10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.database.learning import LearningRecord, theme_changes, themes_listed
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import LearningEvent
from services.domain.themes import ListedTheme, ThemeList, ThemeStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeLine:
    """One theme, whose it is, and how it stands."""

    words: str
    is_own: bool
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeChange:
    """What was done to the list, on which day, why, and by whom."""

    said: str
    on_day: date
    reason: str
    done_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesShown:
    """All that the page says."""

    lines: list[ThemeLine]
    changes: list[ThemeChange]


def themes_shown(work: UnitOfWork) -> ThemesShown:
    """Return each theme as it stands, and what was done to the list, the newest first."""
    listed, changes = themes_listed(work.session), theme_changes(work.session)
    known = names(work.session, {one.added_by for one in changes})
    return ThemesShown(
        lines=[_line(one, listed) for one in listed.themes.values()],
        changes=[_change(one, listed, known) for one in reversed(changes)],
    )


def _line(theme: ListedTheme, listed: ThemeList) -> ThemeLine:
    standing = {
        ThemeStanding.OFFERED: "Offered",
        ThemeStanding.ENDED: "Ended: counted where it was named",
        ThemeStanding.MERGED: f"Counted with “{listed.words(listed.counted_as(theme.id))}”",
    }
    return ThemeLine(
        words=theme.words, is_own=theme.shipped is None, standing=standing[theme.standing]
    )


def _change(record: LearningRecord, listed: ThemeList, known: Mapping[UUID, str]) -> ThemeChange:
    said = record.words
    match record.event:
        case LearningEvent.THEME_ADDED:
            told = f"“{said['name']}” added"
        case LearningEvent.THEME_ENDED:
            told = f"“{listed.words(UUID(said['theme']))}” ended"
        case _:
            one, into = (listed.words(UUID(said[name])) for name in ("theme", "into"))
            told = f"“{one}” merged into “{into}”"
    return ThemeChange(
        said=told,
        on_day=record.on_day,
        reason=said["reason"],
        done_by=known.get(record.added_by, ""),
    )
