"""The other reviews and proceedings beside a case, as its page and the pages of acts tell them."""

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from services.casework.access.parts import reads_family
from services.casework.act import Act
from services.casework.answers_as_text import as_section, as_tables, names_for, text_of
from services.casework.steps.child_death.death_review import death_reviews
from services.casework.steps.other_reviews.lead_register import (
    is_led_elsewhere,
    register_of_lead,
)
from services.casework.steps.other_reviews.processes import RECORD_PROCESS
from services.casework.steps.other_reviews.register import (
    OtherProcess,
    register_of,
    told_in_returns,
)
from services.casework.steps.referral.referral_correction import referral_on_record
from services.database.cases import Case
from services.database.history import Entry
from services.database.shown import shown_names
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import Answer, PaperSection
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.web.timeline import Told, tell, tell_shown
from services.web.view_models.step_effects import for_the_step

# What is decided with the register in sight: whom to ask and what, the review, its delay, its
# publication, the register itself, and what the family is asked while proceedings go on.
_DECIDES: Final = frozenset(
    {
        EntryType.PROCESS_RECORDED,
        EntryType.PROCESS_CHANGED,
        EntryType.LIAISON_RECORDED,
        EntryType.REQUIREMENTS_LISTED,
        EntryType.FAMILY_APPROACH_AGREED,
        EntryType.FAMILY_CONTACTED,
        EntryType.DRAFT_SHARED_WITH_FAMILY,
        EntryType.LEARNING_EVENT_PLANNED,
        EntryType.PRACTITIONER_HEARD,
        EntryType.INVOLVEMENT_DECIDED,
        EntryType.RETURNS_REQUESTED,
        EntryType.MEETING_HELD,
        EntryType.RECORD_WRITTEN,
        EntryType.DECISION_PROPOSED,
        EntryType.SIGNED_OFF,
        EntryType.POSITION_REPLACED,
        EntryType.TERMS_AGREED,
        EntryType.REPORTS_REQUESTED,
        EntryType.DRAFT_SUBMITTED,
        EntryType.REPORT_CHANGED,
        EntryType.QUALITY_ASSURED,
        EntryType.DELAY_RECORDED,
        EntryType.PUBLICATION_PLANNED,
        EntryType.PUBLICATION_WITHHELD,
        EntryType.PRE_SENT,
        EntryType.PUBLISHED,
        EntryType.IMPROVEMENTS_PUBLISHED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessLine:
    """One other process: what it is, what is said of it, and what a joint report must meet."""

    id: UUID
    name: str
    is_over: bool
    is_joint: bool
    said: tuple[Answer, ...]
    tables: tuple[PaperSection, ...]
    requirements: tuple[tuple[str, str], ...]
    unmet: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterView:
    """What goes on beside the review, what was said of it before, and who was spoken to.

    Where another partnership leads, its register is the one that counts.
    """

    processes: tuple[ProcessLine, ...]
    death_reviews: tuple[Answer, ...]
    told_before: tuple[Answer, ...]
    contacts: list[Told]
    may_record: bool
    led_elsewhere: bool = False
    of_lead: tuple[ProcessLine, ...] = ()
    contacts_of_lead: tuple[Told, ...] = ()
    entries_of_lead: tuple[Entry, ...] = ()
    for_this_step: tuple[Answer, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was recorded of any."""
        return not (self.processes or self.death_reviews or self.contacts)


def register_view(work: UnitOfWork, case: Case) -> RegisterView | None:
    """Return the register to a person who reads the case and of the family, once it may be kept."""
    may_record = work.actor.may(Permission.RECORD_PROCESSES) and case.stage in RECORD_PROCESS.stages
    if not work.actor.may(Permission.READ_CASE) or not reads_family(work, case.id):
        return None
    register = register_of(work, case.id)
    view = RegisterView(
        processes=tuple(map(_line, register.processes)),
        death_reviews=_death_reviews(work, case),
        told_before=(*_by_referral(work, case), *_by_agencies(work, case)),
        contacts=tell(work, [entry for entry, _ in register.contacts]),
        may_record=may_record,
        led_elsewhere=is_led_elsewhere(work, case),
    )
    return view if may_record or not view.is_empty else None


def register_beside(work: UnitOfWork, act: Act, case: Case | None) -> RegisterView | None:
    """Return the register where the act decides what other processes bear on."""
    if case is None or act.entry not in _DECIDES:
        return None
    view = register_view(work, case)
    if view is None:
        return None
    own = register_of(work, case.id).processes
    view = replace(view, for_this_step=for_the_step(act, own))
    if not view.led_elsewhere:
        return view
    register = register_of_lead(work, case)
    said = [entry for one in register.processes for entry in one.entries]
    contacts = [entry for entry, _ in register.contacts]
    names = shown_names(work.session, contacts[0].case_id) if contacts else {}
    return replace(
        view,
        for_this_step=for_the_step(act, (*register.processes, *own)),
        of_lead=tuple(map(_line, register.processes)),
        contacts_of_lead=tuple(tell_shown(contacts, names, reads_family=True)),
        entries_of_lead=(*said, *contacts),
    )


def _line(process: OtherProcess) -> ProcessLine:
    return ProcessLine(
        id=process.id,
        name=process.said.name,
        is_over=process.said.state.is_over,
        is_joint=process.is_joint,
        said=as_section("", process.said, {}, without=frozenset({"kind", "called"})).answers,
        tables=as_tables(process.said, {}),
        requirements=tuple((one.requirement, one.met_by or "") for one in process.requirements),
        unmet=process.unmet,
    )


def _death_reviews(work: UnitOfWork, case: Case) -> tuple[Answer, ...]:
    """Return the child death reviews, which are linked to the case and not asked for again."""
    found = death_reviews(work, case.id) if case.is_death else []
    return tuple(Answer(label=one.child, text=f"{one.identifier}, {one.panel}") for one in found)


def _by_referral(work: UnitOfWork, case: Case) -> tuple[Answer, ...]:
    """Return what the referral says of police and coroner, which is not asked for again."""
    referral = referral_on_record(work, case)
    if referral is None:
        return ()
    said = (
        ("Police, by the referral", referral.police, referral.police_words),
        ("Coroner, by the referral", referral.coroner, referral.coroner_words),
    )
    return tuple(
        Answer(label=name, text=". ".join(filter(None, (text_of(stands, {}), words))))
        for name, stands, words in said
    )


def _by_agencies(work: UnitOfWork, case: Case) -> tuple[Answer, ...]:
    """Return what the agencies' returns say that they know of (Doc 2)."""
    found = told_in_returns(work, case.id)
    named = names_for(work) if found else {}
    return tuple(
        Answer(label=f"{named.get(agency, 'An agency')}, in its return", text=words)
        for agency, words in found.items()
    )
