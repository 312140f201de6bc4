"""The passages of a report as its record holds them, each part with a digest of its words."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.answers_as_text import names_for
from services.casework.steps.anonymity.checks import (
    DECIDED,
    decided_last,
    is_replaced_by_file,
    withheld_at,
)
from services.casework.steps.local_review.draft_said import DraftSubmitted, SubmitDraft, text_said
from services.casework.steps.local_review.report_versions import versions_read
from services.casework.steps.publication.after_said import ProposeTakingDown
from services.casework.steps.publication.publication_said import PublicationPlanned, ReportWithheld
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.anonymity.known import Passage
from services.domain.entry_types import EntryType
from services.domain.plain_text import without_rules

_NOT_PUBLISHED: Final = frozenset({"one_alone", "detail_kept", "anonymised"})


@dataclass(frozen=True, slots=True)
class PartOfReport:
    """Passages of one part, and the digest by which the same words are known again."""

    passages: tuple[Passage, ...]
    sha256: str


def parts_of_report(work: UnitOfWork, case: Case) -> tuple[PartOfReport, ...]:
    """Return what the newest version says, with the name or the words of the newest decision on it.

    Where the report is not published, or is taken down, the information about improvements stands
    in its place, and the draft is not looked at; nor is it where a file takes its place later.
    """
    drafts = versions_read(work, case)
    newest = decided_last(work, case)
    passages = []
    is_looked_at = drafts and drafts[-1].number > withheld_at(work, case)
    if is_looked_at and not is_replaced_by_file(work, case):
        draft = text_said(drafts[-1].command)
        owners = {one for said in draft.recommendations for one in (said.owner, *said.others)}
        passages += [*_of_draft(draft, names_for(work, *owners))]
    for one in all_of(work.session, case.id, *DECIDED):
        if newest is not None and one.id == newest.id:
            passages += [*_of_decision(one)]
    return tuple(_part(one) for one in passages)


def _of_decision(one: Entry) -> Iterator[Passage]:
    """Yield the name under which a report is published, or what is public in its place."""
    if one.entry_type is EntryType.PUBLICATION_PLANNED:
        if name := PublicationPlanned.model_validate(one.command).public_name:
            yield Passage("Name of the review", name)
    elif one.entry_type is EntryType.PUBLICATION_WITHHELD:
        words = ReportWithheld.model_validate(one.command).improvements
        yield Passage("Information about improvements", words)
    elif one.entry_type is EntryType.TAKING_DOWN_PROPOSED:
        words = ProposeTakingDown.model_validate(one.command).improvements
        yield Passage("Information about improvements in its place", words)


def _part(passage: Passage) -> PartOfReport:
    return PartOfReport((passage,), hashlib.sha256(passage.text.encode()).hexdigest())


def _of_draft(draft: DraftSubmitted, owners: Mapping[UUID, str]) -> Iterator[Passage]:
    for term in draft.terms:
        yield Passage(f"Terms of reference: {term.part}", term.words)
    for change in draft.amended:
        words = f"{change.changed}\n{change.why_changed}"
        yield Passage("How the terms of reference were amended", words)
    for name, field in SubmitDraft.model_fields.items():
        if name not in _NOT_PUBLISHED:
            yield Passage(without_rules(field.title or name), str(getattr(draft, name)))
    for number, one in enumerate(draft.recommendations, 1):
        asked = ", ".join(owners.get(agency, "") for agency in (one.owner, *one.others))
        said = (one.text, one.came_of_it or "", asked)
        yield Passage(f"Recommendation {number}", "\n".join(filter(None, said)))
    for told in draft.not_involved:
        yield Passage("Who of the family took no part", told.words)
