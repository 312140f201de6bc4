"""Pages of gates G6 and G7: terms of reference, the review group's advice, the reviewers."""

from services.casework.answers_as_text import names_of_people
from services.casework.steps.local_review import (
    author_requirements,
    oversight,
    reviewer_appointment,
    terms_begun,
    terms_of_reference,
)
from services.database.cases import Case
from services.database.reviewers import names_handed_over, reviewers_now
from services.database.unit_of_work import UnitOfWork
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.attendance import attendee_choices, partner_choices
from services.web.forms.fields import Choice, Options


def _overseen(work: UnitOfWork, case: Case) -> Options:
    """Offer who may have taken part since the decision, with the version of the terms shown."""
    versions = str(oversight.versions_of_terms(work, case))
    people = attendee_choices(work, case, case.decided_on)
    return {"took_part": people, "versions": (Choice(versions, ""),)}


def _endorsing(work: UnitOfWork, case: Case) -> Options:
    """Offer who may have endorsed the appointment for a partner since the decision."""
    return {"endorsed.partner": partner_choices(work, case.decided_on)}


def _in_office(work: UnitOfWork, case: Case) -> Options:
    """Offer the reviewers of the case, also one whom a former lead of a joint review appointed."""
    people = reviewers_now(work.session, case.id)
    named = names_of_people(work, people, names_handed_over(work.session, case.id))
    return {"person": tuple(Choice(str(one), name) for one, name in named.items())}


PAGES = (
    ActPage(
        act=terms_of_reference.AGREE_TERMS,
        path="commissioning/terms",
        title="Draw up the terms of reference",
        button="Put them to the review group",
        done="The terms of reference are drawn up. The review group advises on them first, then "
        "they are put to the partners.",
        prefill=terms_begun.terms_begun,
    ),
    ActPage(
        act=oversight.OVERSEE_COMMISSIONING,
        path="commissioning/oversight",
        title="Record the review group's oversight of the commissioning",
        button="Keep the record",
        done="What the review group considered and advises is on record. Terms of reference that "
        "it advises to endorse are put to the partners.",
        narrow=_overseen,
    ),
    ActPage(
        act=author_requirements.DRAW_UP_REQUIREMENTS,
        path="commissioning/author-requirements",
        title="Draw up the author requirements for candidates",
        button="Make the paper",
        done="The author requirements are made as a paper for candidates. Record to whom they "
        "are given.",
    ),
    ActPage(
        act=author_requirements.RECORD_CANDIDATE,
        path="commissioning/candidate",
        title="Record a candidate for the review",
        button="Keep the candidate",
        done="The candidate is on record.",
    ),
    ActPage(
        act=reviewer_appointment.APPOINT_REVIEWER,
        path="commissioning/reviewer",
        title="Appoint a reviewer",
        button="Appoint",
        done="The reviewer is appointed, and is asked to declare. The three bodies are told.",
        narrow=_endorsing,
    ),
    ActPage(
        act=reviewer_appointment.END_REVIEWER,
        path="commissioning/reviewer/end",
        title="Record that a reviewer ends",
        button="Keep it on record",
        done="The reviewer has ended, and the case is closed to them.",
        narrow=_in_office,
    ),
)
