"""What was said before and is needed to act now, such as what is to be signed."""

from collections.abc import Sequence

from services.casework.act import Act
from services.casework.joint.lead_said import SAID_BY_EACH, said_by_lead
from services.casework.steps.counts_now import counts_now
from services.casework.steps.scoping.return_confirmation import CONFIRM_RETURN
from services.casework.steps.scoping.return_questions import ReturnWords
from services.casework.steps.scoping.returns_on_record import newest_of
from services.casework.steps.sign_off.scrutineer_opinion import opinions_on
from services.casework.steps.sign_off.sign_off import SIGN_ACTS
from services.database.cases import Case
from services.database.history import Entry
from services.database.shown import shown_names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.web.timeline import Told, tell, tell_as_read, tell_shown
from services.web.view_models.asked_of_agency import BESIDE_ANSWER, asked_of_agency
from services.web.view_models.beside_alone import BESIDE_ALONE


def said_before(work: UnitOfWork, act: Act, case: Case | None) -> list[Told]:
    """Return what a person must see to do the act: what they are asked, or what was said."""
    if case is None:
        return []
    if act is CONFIRM_RETURN:
        return [*asked_of_agency(work, act, case), *_entered(work, case)]
    if act in BESIDE_ANSWER:
        return asked_of_agency(work, act, case)
    if act.name in BESIDE_ALONE:
        return BESIDE_ALONE[act.name](work, case)
    return [*_said(work, act, case), *_opinions(work, act, case)]


def opinions_shown(work: UnitOfWork, act: Act, case: Case | None) -> list[Entry]:
    """Return the scrutineers' opinions on what the act signs, on whichever side (GOV-13)."""
    if case is None:
        return []
    matters = [matter for matter, one in SIGN_ACTS.items() if one is act]
    return [entry for matter in matters for entry in opinions_on(work, case, matter)]


def _entered(work: UnitOfWork, case: Case) -> list[Told]:
    """Tell of what was entered for the agency how it came, from whom and when (RR-40)."""
    newest = newest_of(work, case, str(work.actor.agency_id))
    if newest is None or newest.entry_type is not EntryType.RETURN_ENTERED:
        return []
    words = frozenset({"agency", *ReturnWords.model_fields})
    return tell_as_read(work, [newest], lambda _entry: True, without=words)


def _opinions(work: UnitOfWork, act: Act, case: Case) -> list[Told]:
    found = opinions_shown(work, act, case)
    ours = tell(work, [one for one in found if one.case_id == case.id])
    return [*ours, *tell_of_lead(work, [one for one in found if one.case_id != case.id])]


def tell_of_lead(work: UnitOfWork, found: Sequence[Entry]) -> list[Told]:
    """Tell entries on the lead's case as they are shown to us."""
    if not found:
        return []
    names = shown_names(work.session, found[0].case_id)
    return tell_shown(found, names, reads_family=work.actor.may(Permission.READ_FAMILY))


def _said(work: UnitOfWork, act: Act, case: Case) -> list[Told]:
    """Return what counts of the entries that the act shows: of each seat or agency its own.

    Of a matter that another partnership's case carries they are told as they are shown to us.
    """
    if not act.shows or not work.actor.may(Permission.READ_CASE):
        return []
    shown = said_by_lead(work, case, act.shows)
    own = [one for one in act.shows if not shown or one in SAID_BY_EACH]
    found = [entry for kind in own for entry in counts_now(work, case, kind) if _is_told(entry)]
    return [*tell_of_lead(work, _as_read(shown)), *tell(work, _as_read(found))]


def _is_told(entry: Entry) -> bool:
    """Tell whether it is told beside a decision: of the partnership's own steps only a meeting."""
    is_step = entry.entry_type is EntryType.EXTRA_STEP_RECORDED
    return not is_step or bool(entry.command.get("who_met"))


def _as_read(found: Sequence[Entry]) -> list[Entry]:
    """Return the entries, of the review group's oversight the newest first (DEC-15)."""
    advised = [one for one in found if one.entry_type is EntryType.COMMISSIONING_OVERSEEN]
    newest_first = iter(sorted(advised, key=lambda one: -one.number))
    return [next(newest_first) if one in advised else one for one in found]
