"""The page on which a child death review is linked to a case (GOV-05, PAR-05)."""

from services.casework.steps.child_death.death import children_who_died
from services.casework.steps.child_death.death_review import LINK_DEATH_REVIEW, called
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _who_died(work: UnitOfWork, case: Case) -> Options:
    """Offer the children of the case who died."""
    found = children_who_died(work, case)
    return {"child": tuple(Choice(str(one.id), called(one, found)) for one in found)}


PAGES = (
    ActPage(
        act=LINK_DEATH_REVIEW,
        path="notification/child-death-review",
        title="Link the child death review",
        button="Link it",
        done="The child death review is linked to the case.",
        narrow=_who_died,
    ),
)
