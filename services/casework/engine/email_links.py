"""Where the link of an email leads: a page, or a one-time address that is made here.

A one-time address stands in the email, and its hash in the database. An email that may have gone
already is not written anew with another one, which would close the one that went.
"""

from typing import Final

from services.casework.effects.email_recipients import NATIONAL, WITHOUT_CASES
from services.casework.engine.appointment_addresses import (
    OF_PEOPLE,
    WITH_ADDRESS,
    page_of_people,
)
from services.casework.engine.collection_addresses import new_collection_address
from services.casework.engine.guest_addresses import new_address
from services.database.cases import Case
from services.database.outbox import OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.recipients import Recipient
from services.domain.todos import Todo

COLLECT: Final = "/collect"
FIRST_PAGE: Final = "/"
_TO_FIRST_PAGE: Final = {EmailTrigger.INTEREST_SETTLED, EmailTrigger.DAILY_DIGEST}
_BELOW_CASE: Final = {EmailTrigger.QUESTION_ANSWERED: "/questions"}
_TO_DECLARE: Final = {EmailTrigger.DECLARATION_NEEDED, EmailTrigger.ON_DUTY_TO_DECLARE}
WRITTEN_ONCE: Final = {
    EmailTrigger.DOCUMENTS_TO_COLLECT,
    EmailTrigger.GUEST_CODE,
    *WITH_ADDRESS,
}


def is_for_guest(outbox_email: OutboxEmail) -> bool:
    """Tell whether who is written to has no account, and comes by a one-time address."""
    return bool(outbox_email.content.get("guest") or outbox_email.content.get("guest_of"))


def leads_to(
    work: UnitOfWork, case: Case | None, outbox_email: OutboxEmail, *, may_have_gone: bool
) -> str:
    """Return the path of the email's link; a one-time address where who gets it has no account.

    A meeting that is called off leads to no case: who no longer attends may not reach it. Nor does
    the decision on an interest, by which the case may stay closed to whoever is told.
    """
    event, content = outbox_email.event, outbox_email.content
    if event in OF_PEOPLE:
        return page_of_people(work, outbox_email, may_have_gone=may_have_gone)
    is_cancelled = event is EmailTrigger.MEETING_CANCELLED
    to_first_page = is_cancelled or event in _TO_FIRST_PAGE
    if case is not None and is_for_guest(outbox_email):
        if is_cancelled:
            return ""
        return COLLECT if may_have_gone else f"{COLLECT}/{new_address(work, case, outbox_email)}"
    if case is not None and event is EmailTrigger.DOCUMENTS_TO_COLLECT:
        dispatch_id = content["dispatch"]
        made = "" if may_have_gone else f"/{new_collection_address(work, case, dispatch_id)}"
        return f"{COLLECT}{made}"
    is_to_declare = event in _TO_DECLARE  # a contact who has an account too
    # Of no case: who is told of a request for information is a contact, and may have no account.
    nowhere = NATIONAL | {Recipient.DATA_PROTECTION_OFFICER} if case is None else WITHOUT_CASES
    if outbox_email.recipient in nowhere and not is_to_declare:
        return ""
    return FIRST_PAGE if to_first_page else _page(case, event, content["todo"])


def _page(case: Case | None, event: EmailTrigger, todo: str | None) -> str:
    """Return the address of the case, or of what is to be done on it, which no page renames.

    An email without a case is about the partnership's audit.
    """
    if case is None:
        return "/audit"
    if todo is not None:
        return f"/cases/{case.id}/todo/{Todo(todo)}"
    return f"/cases/{case.id}{_BELOW_CASE.get(event, '')}"
