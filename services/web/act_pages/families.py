"""Pages of how the family takes part in a local review (FAM-01 to FAM-12)."""

from services.casework.steps.families import (
    approach,
    contacts,
    draft_shared,
    genogram,
    involvement,
)
from services.casework.steps.families.decided import DecidedRelative, decided_for_each
from services.casework.steps.families.genogram_people import people_to_draw
from services.casework.steps.families.in_report import invited_family
from services.casework.steps.families.relatives import approach_on_record
from services.casework.steps.other_reviews.register import processes_on
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.web.act_pages.act_page import ActPage, OneOf
from services.web.forms.fields import Choice, Options


def _people(work: UnitOfWork, case: Case) -> Options:
    """Offer each person of the family, with what was decided for them."""
    return _choices(decided_for_each(work, case))


def _people_and_processes(work: UnitOfWork, case: Case) -> Options:
    """Offer each person of the family, and the processes for which speaking with them may wait."""
    going_on = (one for one in processes_on(work, case.id) if not one.said.state.is_over)
    processes = tuple(Choice(str(one.id), one.said.name, one.said.body) for one in going_on)
    return {**_people(work, case), "waits.process": processes}


def _invited(work: UnitOfWork, case: Case) -> Options:
    """Offer those who are invited to take part."""
    return _choices(invited_family(work, case))


def _drawable(work: UnitOfWork, case: Case) -> Options:
    """Offer everybody who is drawn, wherever somebody is named."""
    people = tuple(
        Choice(str(one.id), one.name, one.relation) for one in people_to_draw(work, case)
    )
    return dict.fromkeys(("people.person", "relations.one", "relations.other"), people)


def _choices(found: tuple[DecidedRelative, ...]) -> Options:
    return {
        "person": tuple(
            Choice(
                str(one.person.id),
                one.person.name,
                f"{one.person.relation}: "
                + (label(one.said.takes_part) if one.said else "not decided yet"),
            )
            for one in found
        )
    }


PAGES = (
    ActPage(
        act=approach.AGREE_FAMILY_APPROACH,
        path="family/approach",
        title="Agree how the family is approached",
        button="Keep it",
        done="How the family is approached is on record.",
        prefill=approach_on_record,
    ),
    ActPage(
        act=genogram.KEEP_GENOGRAM,
        path="family/genogram",
        title="Keep the genogram of the family",
        button="Keep this version",
        done="This version of the genogram is kept, and is made as a paper.",
        narrow=_drawable,
        prefill=genogram.genogram_to_change,
    ),
    ActPage(
        act=involvement.DECIDE_INVOLVEMENT,
        path="family/involvement",
        title="Decide whether a person of the family takes part",
        button="Keep the decision",
        done="What is decided for this person is on record.",
        narrow=_people_and_processes,
        one_of=OneOf(
            question="person",
            called="person",
            named=involvement.relative_named,
            on_record=involvement.involvement_on_record,
            key=involvement.relative_named,
        ),
    ),
    ActPage(
        act=contacts.RECORD_FAMILY_CONTACT,
        path="family/contact",
        title="Record a contact with the family",
        button="Record the contact",
        done="The contact is on record.",
        narrow=_people,
        one_of=OneOf(
            question="person",
            called="person",
            named=involvement.relative_named,
            on_record=contacts.contact_begun,
            key=involvement.relative_named,
        ),
    ),
    ActPage(
        act=draft_shared.RECORD_DRAFT_SHARED,
        path="family/draft",
        title="Record that the draft was shared with the family",
        button="Keep the record",
        done="What was shared and what they said of it is on record.",
        narrow=_invited,
        one_of=OneOf(
            question="person",
            called="person",
            named=draft_shared.draft_reader,
            on_record=draft_shared.draft_begun,
            key=involvement.relative_named,
        ),
    ),
)
