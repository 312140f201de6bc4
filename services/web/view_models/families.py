"""How the family takes part in the review, as the case page and the pages of acts tell it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.access.parts import reads_family_log
from services.casework.act import Act
from services.casework.answers_as_text import as_section, as_tables, text_of
from services.casework.steps.families.approach import AGREE_FAMILY_APPROACH, is_reviewed_locally
from services.casework.steps.families.decided import DecidedRelative, decided_for_each
from services.casework.steps.families.draft_shared import RECORD_DRAFT_SHARED, may_share_draft
from services.casework.steps.families.relatives import approach_on_record
from services.database.cases import Case
from services.database.history import Entry, all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import Answer, PaperSection
from services.domain.entry_types import EntryType
from services.domain.families import TakesPart
from services.domain.roles import Permission
from services.web.timeline import Told, tell
from services.web.view_models.genogram import GenogramView, genogram_view

# What is done with the family in sight: who takes part, what the report says, what is published.
_BESIDE: Final = frozenset(
    {
        EntryType.INVOLVEMENT_DECIDED,
        EntryType.FAMILY_CONTACTED,
        EntryType.DRAFT_SHARED_WITH_FAMILY,
        EntryType.DRAFT_SUBMITTED,
        EntryType.REPORT_CHANGED,
        EntryType.QUALITY_ASSURED,
        EntryType.PUBLICATION_PLANNED,
        EntryType.PUBLICATION_WITHHELD,
        EntryType.PRE_SENT,
    }
)
_NAMED: Final = frozenset({"name", "relations"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeLine:
    """One person: who they are, whether they take part, and each contact with them."""

    id: UUID
    name: str
    relation: str
    standing: str
    is_decided: bool
    is_invited: bool
    said: tuple[Answer, ...]
    waits: tuple[PaperSection, ...]
    wishes: tuple[str, ...]
    contacts: list[Told]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvolvementView:
    """How the family is approached, and each person of it."""

    approach: tuple[Answer, ...]
    people: tuple[RelativeLine, ...]
    may_act: bool
    may_share: bool = False
    genogram: GenogramView | None = None


def involvement_view(work: UnitOfWork, case: Case) -> InvolvementView | None:
    """Return it to a person who reads the case and of the family, once there is a local review."""
    if not work.actor.may(Permission.READ_CASE) or not reads_family_log(work, case.id):
        return None
    stages, may = AGREE_FAMILY_APPROACH.stages, work.actor.may(Permission.INVOLVE_FAMILY)
    may_act = may and case.stage in stages and is_reviewed_locally(work, case)
    begun = (
        EntryType.FAMILY_APPROACH_AGREED,
        EntryType.INVOLVEMENT_DECIDED,
        EntryType.GENOGRAM_KEPT,
    )
    if not may_act and not facts(work.session, case.id, *begun):
        return None
    agreed, contacts = approach_on_record(work, case), _contacts(work, case)
    people = decided_for_each(work, case)
    return InvolvementView(
        approach=as_section("", agreed, {}).answers if agreed else (),
        people=tuple(_line(work, one, contacts.get(str(one.person.id), [])) for one in people),
        may_act=may_act,
        genogram=genogram_view(work, case),
        may_share=may and case.stage in RECORD_DRAFT_SHARED.stages and may_share_draft(work, case),
    )


def involvement_beside(work: UnitOfWork, act: Act, case: Case | None) -> InvolvementView | None:
    """Return it where the act is about the family, or says what becomes of what they said."""
    return None if case is None or act.entry not in _BESIDE else involvement_view(work, case)


def _contacts(work: UnitOfWork, case: Case) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    kinds = (EntryType.FAMILY_CONTACTED, EntryType.DRAFT_SHARED_WITH_FAMILY)
    for entry in all_of(work.session, case.id, *kinds):
        found.setdefault(entry.subject, []).append(entry)
    return found


def _line(work: UnitOfWork, one: DecidedRelative, contacts: list[Entry]) -> RelativeLine:
    said = one.said
    return RelativeLine(
        id=one.person.id,
        name=one.person.name,
        relation=one.person.relation,
        standing=text_of(said.takes_part, {}) if said else "Not decided yet",
        is_decided=said is not None,
        is_invited=said is not None and said.takes_part is TakesPart.INVITED,
        said=as_section("", said, {}, without=_NAMED | {"takes_part"}).answers if said else (),
        waits=as_tables(said, {}) if said else (),
        wishes=tuple(wish for each in contacts if (wish := each.command.get("wishes"))),
        contacts=tell(work, contacts),
    )
