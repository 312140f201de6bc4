"""What went to the wrong person, as the page of the case tells it, with its hours."""

from dataclasses import dataclass

from services.casework.access.parts import reads_family
from services.casework.steps.dispatches.breach_decision import BreachDecided
from services.casework.steps.dispatches.breaches import Breach, breaches
from services.database.cases import Case
from services.database.history import last_entry
from services.database.unit_of_work import UnitOfWork
from services.domain.breaches import SOURCE, BreachStanding, hours_left, standing_at
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_dates import date_and_time
from services.domain.plain_text import capital
from services.domain.roles import Permission

_COLOURS = {
    BreachStanding.RUNNING: "blue",
    BreachStanding.NEAR: "orange",
    BreachStanding.PASSED: "red",
    BreachStanding.DECIDED: "green",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachLine:
    """One breach: what it is of, how its hours stand, and what is on record of it."""

    title: str
    status: str
    colour: str
    left: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    may_decide: bool


def breach_lines(work: UnitOfWork, case: Case) -> list[BreachLine]:
    """Return each breach of the case, oldest first; of the family only to who may read of it."""
    found = breaches(work, case)
    sees_people = bool(found) and reads_family(work, case.id)
    return [_line(work, case, one, sees_people=sees_people) for one in found]


def _line(work: UnitOfWork, case: Case, one: Breach, *, sees_people: bool) -> BreachLine:
    kept, said = one.kept, one.entry.command
    standing = standing_at(kept.aware_at, work.now, is_decided=one.is_decided)
    facts = [
        (f"The 72 hours end ({SOURCE})", (date_and_time(kept.report_by),)),
        ("Aware since", (date_and_time(kept.aware_at),)),
        ("Sent by", (said.get("partnership", ""),)),
        ("It went to", (said.get("address", ""),)),
        ("Documents", tuple(said.get("documents", ()))),
        ("What was opened", tuple(said.get("opened", ()))),
        ("People concerned", kept.people if sees_people else ()),
        ("Decided", _decided(work, case, one)),
    ]
    return BreachLine(
        title=capital(kept.about),
        status=capital(label(standing)),
        colour=_COLOURS[standing],
        left="" if one.is_decided else _left(one, work),
        facts=tuple((name, words) for name, words in facts if any(words)),
        may_decide=not one.is_decided and work.actor.may(Permission.HANDLE_BREACHES),
    )


def _left(one: Breach, work: UnitOfWork) -> str:
    hours = hours_left(one.kept.aware_at, work.now)
    if hours < 0:
        return f"{-hours} hours late"
    return f"{hours} hours left" if hours else "less than an hour left"


def _decided(work: UnitOfWork, case: Case, one: Breach) -> tuple[str, ...]:
    """Say what was decided: the risk, and whether the Information Commissioner was told."""
    entry = last_entry(work.session, case.id, EntryType.BREACH_DECIDED, str(one.id))
    if entry is None:
        return ()
    said = BreachDecided.model_validate(entry.command)
    reported = (
        f"Reported to the Information Commissioner on {date_and_time(said.reported_at)}"
        if said.reported_at
        else "Not reported to the Information Commissioner"
    )
    told = "The people concerned were told" if said.people_told else "The people were not told"
    return (capital(label(said.risk)), reported, told)
