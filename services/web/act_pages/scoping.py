"""Pages of scoping: the forms sent, chased, returned by each agency, or excused."""

from collections.abc import Iterable

from services.casework.document_builders.business_unit import reached_at
from services.casework.steps import return_correction
from services.casework.steps.scoping import (
    forms_opened,
    return_confirmation,
    return_entered,
    returns_on_record,
    scoping,
    scoping_returns,
)
from services.casework.steps.scoping.answers_entered import to_be_entered
from services.casework.steps.scoping.owed_answers import to_be_reminded
from services.casework.steps.scoping.scoping_requests import asked_this_time
from services.database.agency_requests import AgencyRequest, unanswered
from services.database.cases import Case
from services.database.partnerships import agencies_on, agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.web.act_pages.act_page import ActPage, OneOf
from services.web.act_pages.listed import LIST_ORGANISATION, LIST_PRACTICES
from services.web.act_pages.of_agency import one_agency
from services.web.forms.fields import Choice, Options


def _unanswered(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies whose return is still to come."""
    return _of(work, _owed(work, case))


def _owed(work: UnitOfWork, case: Case) -> list[AgencyRequest]:
    owed = unanswered(work.session, case.id)
    return [one for one in owed if one.asked is Asked.SCOPING_RETURN]


def _to_be_reminded(work: UnitOfWork, case: Case) -> Options:
    """Offer these, and those that have yet to confirm what was entered for them."""
    return _of(work, to_be_reminded(work, case))


def _to_be_entered(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies whose answer by email or telephone may be entered."""
    return _of(work, to_be_entered(work, case))


def _of(work: UnitOfWork, found: Iterable[AgencyRequest]) -> Options:
    stands = {one.agency_id: label(one.answered) for one in found}
    named = agency_names(work.session).items()
    chosen = (Choice(str(id_), name, stands[id_]) for id_, name in named if id_ in stands)
    return {"agency": tuple(chosen)}


def _not_asked(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies that have not been asked yet, or not since the case was reopened.

    One that is listed for the case is among them once its address is confirmed.
    """
    asked = asked_this_time(work, case)
    reached = (one for one in agencies_on(work.session, case.id) if one.is_reached)
    chosen = (one for one in reached if one.id not in asked)
    return {"agencies": tuple(Choice(str(one.id), one.name) for one in chosen)}


def _how_unit_is_reached(work: UnitOfWork, _case: Case) -> str:
    """Say what the letter tells of the referral, and by which telephone and email it can be asked.

    The directory has them; a letter without them leaves an agency nobody to ask (RR-39).
    """
    reached = reached_at(work)
    told = "Each letter tells the referral in brief, who the children and the family are, and "
    if reached:
        return f"{told}{in_own_words('how to reach the business unit')}: {reached}."
    lacks = in_own_words(
        "It has no telephone or email of the business unit: the directory names no manager of the "
        "business unit. Add one there first."
    )
    return f"{told}what you write here. {lacks}"


def _own_files(_work: UnitOfWork, _case: Case) -> str:
    """Say where an agency adds files to its return, and who reads them."""
    return (
        "Files that belong to your return, such as a chronology, are added under Documents of this "
        "case, before or after you send it. Your agency reads them, and who reads its return."
    )


PAGES = (
    ActPage(
        act=scoping.REQUEST_RETURNS,
        path="scoping/request",
        title="Send the scoping forms",
        button="Send the forms",
        done="The scoping forms are on their way, each with its last day.",
        narrow=_not_asked,
        prefill=forms_opened.asking_again,
        note=_how_unit_is_reached,
        beside=(LIST_ORGANISATION, LIST_PRACTICES),
    ),
    ActPage(
        act=scoping_returns.SUBMIT_RETURN,
        path="scoping/return",
        title="Return the scoping form",
        button="Send the return",
        done="Your agency's return is received.",
        prefill=forms_opened.return_to_fill_in,
        note=_own_files,
        takes_filled_form=True,
    ),
    ActPage(
        act=return_entered.ENTER_RETURN,
        path="scoping/entered",
        title="Enter a return that came by email or telephone",
        button="Enter the return",
        done="The return is received, and not yet confirmed. The agency is asked to confirm it.",
        narrow=_to_be_entered,
        one_of=OneOf(
            question="agency",
            called="agency",
            named=return_entered.agency_named,
            on_record=return_entered.entered_before,
            key=return_entered.agency_asked,
        ),
        takes_filled_form=True,
    ),
    ActPage(
        act=return_confirmation.CONFIRM_RETURN,
        path="scoping/confirmation",
        title="Confirm the scoping return that came by email or telephone",
        button="Confirm the return",
        done="Your agency's return is confirmed.",
        prefill=return_confirmation.what_to_confirm,
        takes_filled_form=True,
    ),
    ActPage(
        act=return_correction.CORRECT_RETURN,
        path="scoping/correction",
        title="Add to your scoping return, or correct it",
        button="Send the newer return",
        done="Your agency's newer return is received. What you sent before stays on record.",
        prefill=returns_on_record.return_on_record,
        note=_own_files,
    ),
    ActPage(
        act=scoping.CHASE,
        path="scoping/chase",
        title="Remind an agency of its scoping form",
        button="Send a reminder",
        done="The reminder is on its way.",
        narrow=_to_be_reminded,
        one_of=one_agency(to_be_reminded, scoping.Chase),
    ),
    ActPage(
        act=scoping_returns.EXCUSE_RETURN,
        path="scoping/excuse",
        title="Record why an agency will not return the form",
        button="Record the reason",
        done="The reason is recorded.",
        narrow=_unanswered,
        one_of=one_agency(_owed, scoping_returns.ExcuseReturn),
    ),
)
