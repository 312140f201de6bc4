"""The pack of the rapid review meeting: its agenda, and the papers that attendees read (RR-45)."""

from dataclasses import replace
from uuid import UUID

from services.casework.answers_as_text import (
    Names,
    as_section,
    as_tables,
    asked_of,
    ids_in,
    names_for,
)
from services.casework.document_builders.agenda import agenda
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    key_dates,
    parts,
    the_notification,
)
from services.casework.document_builders.referral import newest_referral, the_referral
from services.casework.document_builders.returns_told import how_it_came_in_brief
from services.casework.steps.rapid_review.meeting_pack import AcceptPack
from services.casework.steps.scoping.returns_on_record import EnterReturn, as_return, said_in
from services.database.agency_requests import requests
from services.database.history import Entry
from services.domain.agency_requests import Asked
from services.domain.documents import Answer, PaperSection
from services.domain.entry_types import THE_RETURN, EntryType
from services.domain.identifiers import CaseId


def meeting_pack(context: BuilderContext) -> DocumentContent:
    """Build the one pack of papers for the meeting: referral, notification, returns (RR-45)."""
    history, names = context.history, context.names
    asked = requests(context.work.session, CaseId(context.case.id), Asked.SCOPING_RETURN)
    history.all(EntryType.RETURN_EXCUSED)  # why an agency is left out stands with the agencies
    return DocumentContent(
        sections=(
            agenda(context),
            *_referral(context),
            *the_notification(history, names),
            PaperSection(heading="The agencies", table=asked_of(asked, names)),
            *_returns(history, names),
            *_accepted(context),
        ),
        details=key_dates(context),
    )


def _referral(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return the referral; a pack without what is marked may have to do without it."""
    is_hidden = context.order.unmarked and newest_referral(context.history) is None
    return () if is_hidden else the_referral(context)


def _accepted(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return what was said when the pack was accepted, where it may be said, with its files."""
    history, work = context.history, context.work
    accepted = history.all(EntryType.PACK_ACCEPTED)[-1:]
    said = [AcceptPack.model_validate(one.command) for one in accepted]
    checks = frozenset({"notification_included", "referral_included"})
    return tuple(
        part
        for one in said
        for part in parts("The pack", one, names_for(work, *ids_in(one)), without=checks)
    )


def _returns(history: CaseHistory, names: Names) -> tuple[PaperSection, ...]:
    """Return each agency's newest return as a part of the pack, with what was corrected in it."""
    newest = {entry.subject: entry for entry in history.all(*THE_RETURN)}
    return tuple(_return(history, entry, names) for entry in newest.values())


def _return(history: CaseHistory, entry: Entry, names: Names) -> PaperSection:
    """Return what one agency said, and how it came, with whom it was involved under it."""
    said = said_in(entry)
    told = as_return(entry) if isinstance(said, EnterReturn) else said
    section = as_section(f"Return: {names.get(UUID(entry.subject), '')}", told, names)
    came = how_it_came_in_brief(history, entry).items()
    answers = tuple(Answer(label=name, text=text) for name, text in came if text)
    section = replace(section, answers=(*answers, *section.answers))
    family = next((one for one in as_tables(told, names) if one.table), None)
    if family is None or family.table is None:
        return section
    return replace(section, table=replace(family.table, caption=family.heading))
