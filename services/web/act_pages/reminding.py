"""The page of a reminder: who gets which email, and then all of them at once."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from services.casework.steps.reminding import REMIND, Remind
from services.casework.steps.waited_for import WaitedFor, waited_for
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.plain_dates import date_and_time, weekday_day_month_year
from services.domain.plain_text import capital
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options
from services.web.thing_asked import thing_asked
from services.web.whose import whom


def reminder_choices(work: UnitOfWork, case: Case) -> Options:
    """Offer whoever the case waits on and an email reaches, with by when and what was sent."""
    named = agency_names(work.session)
    found = (one for one in waited_for(work, case) if one.emails)
    return {"waits_on": tuple(as_choice(work, one, named) for one in found)}


def as_choice(work: UnitOfWork, one: WaitedFor, named: Mapping[UUID, str]) -> Choice:
    """Return one box to tick: who, for what, by when, where to, and when they were written to."""
    whose = capital(whom(work, one.asked[0], named))
    steps = "; ".join(f"{label(step.todo)}{thing_asked(step, named)}" for step in one.asked)
    return Choice(str(one.id), f"{whose}: {steps}", _hint(work, one))


def ticked(work: UnitOfWork, case: Case, of: str) -> Remind:
    """Return the form as it opens: all who are late; of one agency, that agency alone.

    Who was written to about it within the last day is left unticked.
    """
    found = [one for one in waited_for(work, case) if one.emails and one.written_at is None]
    if of:
        chosen = [one for one in found if str(one.asked[0].agency_id) == of]
    else:
        chosen = [one for one in found if one.is_late(work.today)]
    return Remind(waits_on=tuple(one.id for one in chosen))


def unreached(work: UnitOfWork, case: Case) -> str:
    """Say on whom the case waits and whom no email reaches."""
    named = agency_names(work.session)
    found = [one for one in waited_for(work, case) if not one.emails]
    who = dict.fromkeys(whom(work, one.asked[0], named) for one in found)
    return f"No email reaches: {'; '.join(who)}." if who else ""


def _hint(work: UnitOfWork, one: WaitedFor) -> str:
    said = []
    if one.last_day is not None:
        late = work.calendar.working_days_between(one.last_day, work.today)
        is_late = one.is_late(work.today) and late
        days = f" ({late} working {'day' if late == 1 else 'days'} late)" if is_late else ""
        said.append(f"Due {weekday_day_month_year(one.last_day)}{days}")
    said.append(f"To {', '.join(sorted({email.address for email in one.emails}))}")
    if one.written_at is not None:
        said.append(f"Written to about this on {date_and_time(one.written_at)}")
    return ". ".join(said)


PAGES: Final[tuple[ActPage, ...]] = (
    ActPage(
        act=REMIND,
        path="remind",
        title="Remind those on whom the case waits",
        button="Send the reminders",
        done="The reminders are on their way, one to each.",
        narrow=reminder_choices,
        opens=ticked,
        note=unreached,
    ),
)
