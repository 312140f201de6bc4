"""The documents of scoping: the letter, the blank form, and each agency's return."""

from services.casework.answers_as_text import as_section, text_of
from services.casework.document_builders.business_unit import reached_at
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    on_day,
)
from services.casework.document_builders.information_requests import lawful_basis
from services.casework.document_builders.referral import (
    family_to_look_for,
    newest_referral,
    the_children,
)
from services.casework.document_builders.returns_told import how_it_came
from services.casework.form_parts import blank_parts, told_by_part
from services.casework.steps.scoping.return_questions import InvolvementWith, SubmitReturn
from services.casework.steps.scoping.returns_on_record import as_return
from services.casework.steps.scoping.scoping import RequestReturns
from services.database.agency_requests import requests
from services.domain.agency_requests import Asked
from services.domain.documents import Answer, PaperSection
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId
from services.domain.labels.own_words import in_own_words

_IN_BRIEF = frozenset({"incident_on", "place", "kinds", "suspicion"})


def scoping_letter(context: BuilderContext) -> DocumentContent:
    """Build one agency's letter: the referral in brief, and what to look for (RR-39, Doc 3)."""
    asked = context.history.command(EntryType.RETURNS_REQUESTED, RequestReturns)
    return DocumentContent(
        sections=(
            *_in_brief(context),
            the_children(context),
            *family_to_look_for(context),
            PaperSection(heading="What to look for", paragraphs=(asked.message,)),
            lawful_basis(asked.lawful_basis),
        ),
        addressed_to=context.agency,
        details=_by_when(context),
    )


def scoping_form(context: BuilderContext) -> DocumentContent:
    """Build the blank form that goes with the letter: it asks what the page asks (Doc 2)."""
    asked = context.history.command(EntryType.RETURNS_REQUESTED, RequestReturns)
    referral = newest_referral(context.history)
    named = [one.name for one in referral.children] if referral else []
    named += [one.name for one in referral.family_members] if referral else []
    rows = [InvolvementWith(name=one) for one in named]
    return DocumentContent(
        sections=(
            the_children(context),
            *family_to_look_for(context),
            PaperSection(heading="What to look for", paragraphs=(asked.message,)),
            *blank_parts(SubmitReturn, {"family": rows}),
        ),
        addressed_to=context.agency,
        details=_by_when(context) | {in_own_words("Business unit"): reached_at(context.work)},
    )


def scoping_return(context: BuilderContext) -> DocumentContent:
    """Build one version of an agency's return, as it was sent or entered for it (RR-40, RR-41).

    What was entered comes from the partnership, and not from the agency.
    """
    sent = context.history.newest
    is_entered = sent.entry_type is EntryType.RETURN_ENTERED
    return DocumentContent(
        sections=told_by_part(as_return(sent), context.names),
        sender="" if is_entered else context.agency,
        details={"Agency": context.agency} | how_it_came(context.history, sent),
    )


def _by_when(context: BuilderContext) -> dict[str, str]:
    """Return when the agency was asked, and until when it answers (RR-40)."""
    case_id, agency_id = CaseId(context.case.id), context.order.agency_id
    every = requests(context.work.session, case_id, Asked.SCOPING_RETURN)
    (request,) = (one for one in every if one.agency_id == agency_id)
    return {"Sent": on_day(request.sent_on), "Return by the end of": on_day(request.due)}


def _in_brief(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return the referral in brief: what happened, to whom, when and where, and no more (RR-39).

    It is told from what was answered by choice: the referrer's own account is for the review.
    """
    referral = newest_referral(context.history)
    if referral is None:
        return ()
    others = frozenset(type(referral).model_fields) - _IN_BRIEF
    told = as_section("The referral in brief", referral, context.names, without=others)
    harm = tuple(
        Answer(label=f"What happened to {one.name}", text=text_of(one.harm, context.names))
        for one in referral.children
    )
    return (PaperSection(heading=told.heading, answers=(*told.answers, *harm)),)
