"""Pages of gates G6 and G7: terms of reference, the review group's advice, the lead reviewer."""

from services.casework.steps.local_review import (
    oversight,
    reviewer_appointment,
    terms_begun,
    terms_of_reference,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.attendance import attendee_choices
from services.web.forms.fields import Choice, Options


def _overseen(work: UnitOfWork, case: Case) -> Options:
    """Offer who may have taken part since the decision, with the version of the terms shown."""
    versions = str(oversight.versions_of_terms(work, case))
    people = attendee_choices(work, case, case.decided_on)
    return {"took_part": people, "versions": (Choice(versions, ""),)}


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
        act=reviewer_appointment.APPOINT_REVIEWER,
        path="commissioning/reviewer",
        title="Appoint the lead reviewer",
        button="Appoint",
        done="The lead reviewer is appointed.",
    ),
)
