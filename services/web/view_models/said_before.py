"""What was said before and is needed to act now, such as what is to be signed."""

from services.casework.act import Act
from services.casework.joint.matters import said_by_lead
from services.casework.steps.attendance.record_agreement import ANSWER_RECORD
from services.casework.steps.rapid_review.kept_passages import still_kept
from services.casework.steps.scoping.return_confirmation import CONFIRM_RETURN
from services.casework.steps.scoping.return_questions import ReturnWords
from services.casework.steps.scoping.returns_on_record import newest_of
from services.casework.steps.sign_off.scrutineer_opinion import opinions_on
from services.casework.steps.sign_off.sign_off import SIGN_ACTS
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.shown import shown_names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.sign_off import EACH_SAYS_MORE
from services.web.timeline import Told, tell, tell_as_read, tell_shown
from services.web.view_models.own_part import BESIDE_ANSWER, asked_of_agency
from services.web.view_models.record import record_to_agree


def said_before(work: UnitOfWork, act: Act, case: Case | None) -> list[Told]:
    """Return what a person must see to do the act: what they are asked, or what was said."""
    if case is None:
        return []
    if act is CONFIRM_RETURN:
        return [*asked_of_agency(work, act, case), *_entered(work, case)]
    if act in BESIDE_ANSWER:
        return asked_of_agency(work, act, case)
    if act is ANSWER_RECORD:
        return record_to_agree(work, case)
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
    theirs = [one for one in found if one.case_id != case.id]
    if not theirs:
        return ours
    names = shown_names(work.session, theirs[0].case_id)
    reads_family = work.actor.may(Permission.READ_FAMILY)
    return [*ours, *tell_shown(theirs, names, reads_family=reads_family)]


def _said(work: UnitOfWork, act: Act, case: Case) -> list[Told]:
    """Return the newest of the entries that the act shows, and each reason for what is kept.

    Of a matter that another partnership's case carries they are told as they are shown to us.
    """
    if not act.shows or not work.actor.may(Permission.READ_CASE):
        return []
    shown = said_by_lead(work, case, act.shows)
    if shown:
        names = shown_names(work.session, shown[0].case_id)
        return tell_shown(shown, names, reads_family=work.actor.may(Permission.READ_FAMILY))
    newest = [_told_of(work, case, one) for one in act.shows]
    return tell(work, [entry for found in newest for entry in found])


def _told_of(work: UnitOfWork, case: Case, entry_type: EntryType) -> list[Entry]:
    """Return the newest entry of the type; of what is kept in the record, all that still stands."""
    found = all_of(work.session, case.id, entry_type)
    if entry_type in EACH_SAYS_MORE:
        standing = still_kept(work, case) if found else frozenset()
        return [one for one in found if one.subject in standing]
    return found[-1:]
