"""The pack of the rapid review meeting: its agenda, and the papers that attendees read (RR-45)."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from services.casework.answers_as_text import (
    Names,
    as_section,
    as_tables,
    asked_of,
    ids_in,
    names_for,
    text_of,
)
from services.casework.document_builders.agenda import agenda
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    key_dates,
    the_notification,
)
from services.casework.document_builders.missing_in_pack import missing_in_pack
from services.casework.document_builders.referral import newest_referral, the_referral
from services.casework.document_builders.returns_told import how_it_came_in_brief
from services.casework.steps.rapid_review.pack_contents import AcceptPack, Minutes, PackPart
from services.casework.steps.scoping.returns_on_record import EnterReturn, as_return, said_in
from services.database.agency_requests import requests
from services.database.history import Entry
from services.domain.agency_requests import Asked
from services.domain.documents import Answer, PaperSection
from services.domain.entry_types import THE_RETURN, EntryType
from services.domain.identifiers import CaseId

_ON_RECORD: Final = "As it stands on record"
_NOT_THE_FORM: Final = "What is on record of it, and not the form as it was sent"


def meeting_pack(context: BuilderContext) -> DocumentContent:
    """Build the one pack of papers for the meeting: referral, notification, returns (RR-45)."""
    history, names = context.history, context.names
    asked = requests(context.work.session, CaseId(context.case.id), Asked.SCOPING_RETURN)
    history.all(EntryType.RETURN_EXCUSED)  # why an agency is left out stands with the agencies
    parts = {
        PackPart.REFERRAL: _referral(context),
        PackPart.NOTIFICATION: the_notification(history, names),
        PackPart.AGENCIES: (PaperSection(heading="The agencies", table=asked_of(asked, names)),),
        PackPart.RETURNS: _returns(history, names),
    }
    return DocumentContent(
        sections=(
            agenda(context),
            *_made_of(context),
            *missing_in_pack(history, names),
            *(section for part in _order(history) for section in parts[part]),
        ),
        details=key_dates(context),
    )


def _order(history: CaseHistory) -> list[PackPart]:
    """Return the parts in the order that was chosen; what was not named follows as usual."""
    accepted = history.all(EntryType.PACK_ACCEPTED)[-1:]
    said = [AcceptPack.model_validate(one.command) for one in accepted]
    return list(dict.fromkeys([*(place.part for one in said for place in one.order), *PackPart]))


def _referral(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return the referral; a pack without what is marked may have to do without it."""
    is_hidden = context.order.unmarked and newest_referral(context.history) is None
    return () if is_hidden else the_referral(context)


def _made_of(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Say of each paper in which form it is here: as it was sent, or what is on record of it (G3).

    Nothing is said of what this pack holds nothing of.
    """
    history = context.history
    accepted = history.all(EntryType.PACK_ACCEPTED)[-1:]
    said = [AcceptPack.model_validate(one.command) for one in accepted]
    titles = names_for(context.work, *(id_ for one in said for id_ in ids_in(one)))
    forms = [titles.get(one.sin_form, "") for one in said if one.sin_form is not None]
    on_record = _NOT_THE_FORM if the_notification(history, context.names) else ""
    minutes = [one for one in said if one.minutes is not Minutes.NOT_RELEVANT]
    told = {
        "The referral": _ON_RECORD if _referral(context) else "",
        "The notification": f"As it was sent: the file “{forms[0]}”" if forms else on_record,
        "Returns of agencies": ", ".join(_agencies(history, context.names)),
        "Minutes of the joint agency response": "".join(_minutes(one, titles) for one in minutes),
        "Files that go with the pack": "; ".join(
            f"“{titles.get(file, '')}”" for one in said for file in one.files
        ),
    }
    answers = tuple(Answer(label=name, text=text) for name, text in told.items() if text)
    return (PaperSection(heading="What this pack is made of", answers=answers),)


def _minutes(said: AcceptPack, titles: Names) -> str:
    """Say that the minutes are tabled, or which file they are."""
    if said.minutes_file is None:
        return text_of(said.minutes, {})
    return f"The file “{titles.get(said.minutes_file, '')}”"


def _agencies(history: CaseHistory, names: Names) -> list[str]:
    """Return the agencies whose returns the pack holds."""
    returned = dict.fromkeys(entry.subject for entry in history.all(*THE_RETURN))
    return [names.get(UUID(one), "") for one in returned]


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
