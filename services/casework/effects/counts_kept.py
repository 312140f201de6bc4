"""A clock's count as its row keeps it: the particulars with the account, and read back."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from services.database.clocks import RunningClock
from services.domain.clocks.due_dates import DueDate, Note, Remark
from services.domain.clocks.rules import ClockId
from services.domain.working_days import Skipped

# Release 1 refuses a remark that it does not know, and reads beside new pages while they come:
# these stand where it does not look.
_NEWER: Final = frozenset({Remark.BY_SCHEDULE, Remark.KEPT_LONGER})


def as_counted(clock: RunningClock) -> DueDate:
    """Return the clock as the floor counts it, from what was kept when it was started."""
    return DueDate(
        clock=clock.clock,
        anchor=clock.anchor,
        anchored_on=clock.anchored_on,
        opens=clock.opens,
        due=clock.due,
        target=clock.target,
        unit=clock.unit,
        length=clock.length,
        force=clock.force,
        rule=clock.rule,
        version=clock.version,
        code=clock.subject if clock.clock is ClockId.EXTRA else "",
        title=clock.title,
        **_account(clock.account),
    )


def particulars(due: DueDate) -> dict[str, Any]:
    """Return the columns in which the count is kept, with its account in codes and ISO dates."""
    return {
        "anchor": due.anchor,
        "anchored_on": due.anchored_on,
        "opens": due.opens,
        "due": due.due,
        "target": due.target,
        "length": due.length,
        "unit": due.unit,
        "force": due.force,
        "rule": due.rule,
        "version": due.version,
        "title": due.title,
        "account": {
            "counted": [day.isoformat() for day in due.counted],
            "skipped": [
                {"day": one.day.isoformat(), "holiday": one.holiday, "closed": one.closed}
                for one in due.skipped
            ],
            "notes": [_kept(note) for note in due.notes if note.remark not in _NEWER],
            "newer_notes": [_kept(note) for note in due.notes if note.remark in _NEWER],
        },
    }


def _kept(note: Note) -> dict[str, Any]:
    return {
        "remark": note.remark,
        "name": note.name,
        "count": note.count,
        "day": note.day.isoformat() if note.day else None,
    }


def _account(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Read back the days that were counted and skipped, and what there is to remark."""
    return {
        "counted": tuple(map(date.fromisoformat, kept["counted"])),
        "skipped": tuple(
            Skipped(date.fromisoformat(one["day"]), one["holiday"], one["closed"])
            for one in kept["skipped"]
        ),
        "notes": tuple(
            Note(
                remark=Remark(one["remark"]),
                name=one["name"],
                count=one["count"],
                day=date.fromisoformat(one["day"]) if one["day"] else None,
            )
            for one in (*kept["notes"], *kept.get("newer_notes", ()))
        ),
    }
