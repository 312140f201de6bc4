"""The page of a step for which the partnership set itself a time."""

from services.casework.effects import steps_to_take
from services.casework.steps import extra_steps
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_dates import weekday_day_month_year
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _to_take(work: UnitOfWork, case: Case) -> Options:
    """Offer the steps that are still to be taken, each with its last day."""
    found = steps_to_take(work, case)
    return {
        "step": tuple(
            Choice(str(one.id), one.duty, f"By the end of {weekday_day_month_year(one.due)}")
            for one in found
        )
    }


PAGES = (
    ActPage(
        act=extra_steps.RECORD_EXTRA_STEP,
        path="steps-of-our-own",
        title="Record a step of our own",
        button="Record the step",
        done="The step is recorded.",
        narrow=_to_take,
    ),
)
