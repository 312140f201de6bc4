"""By which agency an incident was referred, and who entered it, as its paper says (Doc 1)."""

from services.casework.document_builders.context import BuilderContext
from services.casework.steps.referral.referred import Referral
from services.casework.steps.referral.referrer_named import NameReferrer
from services.casework.steps.referral.who_referred import sent_by_agency
from services.database.history import Entry
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_dates import date_and_time
from services.domain.plain_text import capital


def details_of(context: BuilderContext, entry: Entry, told: Referral) -> dict[str, str]:
    """Return by whom it was referred and when it was received, and when it was corrected."""
    is_corrected = entry.entry_type is EntryType.REFERRAL_CORRECTED
    sent = context.history.last(EntryType.REFERRED) if is_corrected else entry
    known = {
        "Referred by": context.agency or _referrer(context, sent),
        "Entered by": "" if sent_by_agency(sent) else capital(label(sent.role)),
        "Received": date_and_time(told.received_at),
        "Corrected": date_and_time(entry.at) if is_corrected else "",
    }
    return {name: text for name, text in known.items() if text}


def _referrer(context: BuilderContext, sent: Entry) -> str:
    """Return the agency whose own people sent it, or which was named for it since (NOT-14).

    One that asked for a review which the partnership then referred on did not refer.
    """
    if sent_by_agency(sent):
        agency = context.case.referred_by_agency_id
        return "" if agency is None else context.names.get(agency, "")
    named = context.history.all(EntryType.REFERRER_NAMED)
    after = [NameReferrer.model_validate(one.command) for one in named if one.number > sent.number]
    return context.names.get(after[-1].agency, "") if after else ""
