"""A note is kept and put right, and whoever the case waits on is reminded."""

from services.casework.steps.notes.notes import correct_note, keep_note, notes_on
from services.casework.steps.reminding import remind
from services.casework.steps.waited_for import waited_for
from services.database.cases import get_case
from services.domain.roles import Role
from tests import note_factories as on_notes
from tests.driven import Driven
from tests.reminding_factories import remind as reminded

MANAGER = Role.BUSINESS_MANAGER


def noted_and_reminded(case: Driven, when: str) -> Driven:
    """Keep a note and put it right; remind everybody who is waited for."""
    case.do(keep_note, on_notes.keep_note(), MANAGER, when)
    with case.world.act(MANAGER, when) as work:
        on = get_case(work.session, case.case_id)
        note = notes_on(work, on)[-1].id
        waited = [one.id for one in waited_for(work, on)]
    case.do(correct_note, on_notes.correct_note(note, words="At eleven."), MANAGER, when)
    case.do(remind, reminded(*waited), MANAGER, when)
    return case
