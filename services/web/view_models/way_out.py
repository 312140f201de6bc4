"""What is told of a disagreement: how the partners sought to resolve it, and whose turn it is."""

from dataclasses import dataclass
from datetime import date

from services.casework.access.parts import reads_family
from services.casework.steps.sign_off.dissent_route import dialogues_on
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.sign_off import SignOffMatter
from services.domain.todos import ON_DISSENT
from services.web.timeline import Told, tell
from services.web.view_models.said_before import tell_of_lead


@dataclass(frozen=True, slots=True)
class WayOutTurn:
    """What is asked while a partner disagrees, of whom, and by which day if one is set."""

    what: str
    who: str
    by: date | None


@dataclass(frozen=True, slots=True)
class WayOut:
    """The dialogues about a version, whose turn it is on our own case, and what is read of them.

    What was said may tell of the child and the family: who reads nothing of them reads only that
    there was a dialogue.
    """

    dialogues: tuple[Told, ...]
    turn: WayOutTurn | None
    said: tuple[Entry, ...]


def way_out(work: UnitOfWork, case: Case, matter: SignOffMatter) -> WayOut:
    """Return what was done about a disagreement on the newest version, on whichever side."""
    found = dialogues_on(work, case, matter)
    ours = tell(work, [one for one in found if one.case_id == case.id])
    theirs = tell_of_lead(work, [one for one in found if one.case_id != case.id])
    reads = {one: reads_family(work, one) for one in {entry.case_id for entry in found}}
    said = tuple(one for one in found if reads[one.case_id])
    return WayOut((*ours, *theirs), _turn(work, case, matter), said)


def _turn(work: UnitOfWork, case: Case, matter: SignOffMatter) -> WayOutTurn | None:
    for one in open_assignments(work.session, case.id):
        if one.todo in ON_DISSENT and one.subject == matter:
            return WayOutTurn(label(one.todo), label(one.role), one.last_day)
    return None
