"""Pages of gates G6 and G7: terms of reference, the lead reviewer, declarations."""

from services.casework.steps.local_review import (
    reviewer_appointment,
    terms_begun,
    terms_of_reference,
)
from services.web.act_pages.act_page import ActPage

PAGES = (
    ActPage(
        act=terms_of_reference.AGREE_TERMS,
        path="commissioning/terms",
        title="Draw up the terms of reference",
        button="Put them to the partners",
        done="The terms of reference are with the partners.",
        prefill=terms_begun.terms_begun,
    ),
    ActPage(
        act=reviewer_appointment.APPOINT_REVIEWER,
        path="commissioning/reviewer",
        title="Appoint the lead reviewer",
        button="Appoint",
        done="The lead reviewer is appointed.",
    ),
)
