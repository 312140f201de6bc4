"""The first page of a case leads to its others: of each it says in a line or two how it stands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from services.casework.access.parts import reads_family
from services.casework.labels import label
from services.casework.steps.dispatches.breaches import breaches
from services.casework.steps.family import family_on_record
from services.database.actions import actions
from services.database.cases import Case, children
from services.database.dispatches import dispatches
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Progress
from services.domain.plain_dates import date_and_time, weekday_day_month_year
from services.domain.plain_text import capital
from services.web import case_places
from services.web.timeline import names_for
from services.web.view_models.agencies import agency_lines
from services.web.view_models.meeting import meeting_view
from services.web.view_models.review import review_in_short
from services.web.view_models.sign_offs import MatterLine, matter_lines

_Said = Callable[[UnitOfWork, Case], Iterator[str]]


@dataclass(frozen=True, slots=True)
class PlaceSummary:
    """One page of the case: where it is, what it is called, and how its part stands."""

    path: str
    title: str
    lines: tuple[str, ...]


def place_summaries(work: UnitOfWork, case: Case) -> list[PlaceSummary]:
    """Return how each part of the case stands, for a person who reads the whole case."""
    return [
        PlaceSummary(place.path, place.title, tuple(said(work, case)))
        for place, said in _SAID.items()
        if place.is_open_to(work.actor)
    ]


def count_of(number: int, one: str, several: str) -> str:
    """Write how many there are: 1 child, 2 children, no child."""
    return f"{number or 'no'} {several if number > 1 else one}"


def _people(work: UnitOfWork, case: Case) -> Iterator[str]:
    if not reads_family(work, case.id):
        yield "You do not read of the child and the family on this case"
        return
    found = len(children(work.session, case.id))
    others = len(family_on_record(work, case))
    yield capital(f"{count_of(found, 'child', 'children')} on record")
    yield capital(f"{count_of(others, 'other person', 'other people')} of the family")


def _agencies(work: UnitOfWork, case: Case) -> Iterator[str]:
    lines = agency_lines(work, case, names_for(work, ()))
    if not lines:
        yield "No agency is asked yet"
        return
    answered = sum(one.is_answered for one in lines)
    yield f"{answered} of {len(lines)} answered"
    late = sum(one.is_late for one in lines)
    if late:
        yield f"{late} overdue"


def _meetings(work: UnitOfWork, case: Case) -> Iterator[str]:
    if case.met_on is not None:
        yield f"The rapid review meeting was held on {weekday_day_month_year(case.met_on)}"
        return
    meeting = meeting_view(work, case)
    if meeting is None or meeting.at is None:
        yield "No date is set for the rapid review meeting"
        return
    where = f", {meeting.place}" if meeting.place else ""
    yield f"The rapid review meeting is on {date_and_time(meeting.at)}{where}"


def _decisions(work: UnitOfWork, case: Case) -> Iterator[str]:
    found = matter_lines(work, case)
    if case.outcome is not None:
        yield f"{'Outcome' if case.decided_on else 'Put to the partners'}: {label(case.outcome)}"
    for line in found:
        yield signed_in_short(line)
    if not found and case.outcome is None:
        yield "Nothing is put to the partners yet"


def signed_in_short(line: MatterLine) -> str:
    """Say how many partners have signed a matter, how many disagree, and who is waited for."""
    counted = f"{line.count} of {len(line.parties)} have signed"
    again = f", round {line.round}" if line.round > 1 else ""
    dissent = f"; {line.dissents} disagree" if line.dissents > 1 else ""
    dissent = "; 1 disagrees" if line.dissents == 1 else dissent
    awaited = ", ".join(one.name for one in line.parties if one.signed is None)
    waits = f"; waiting for {awaited}" if awaited and not line.waits_for_advice else ""
    return f"{capital(label(line.matter))}: {counted}{again}{dissent}{waits}"


def _actions(work: UnitOfWork, case: Case) -> Iterator[str]:
    found = actions(work.session, case.id)
    if not found:
        yield "No action is agreed yet"
        return
    open_ = [one for one in found if one.progress is Progress.OPEN]
    yield f"{len(found) - len(open_)} of {count_of(len(found), 'action', 'actions')} done"
    late = sum(one.last_day < work.today for one in open_)
    if late:
        yield f"{late} past {'its' if late == 1 else 'their'} last day"


def _publication(_work: UnitOfWork, case: Case) -> Iterator[str]:
    if case.published_on is not None:
        yield f"Published on {weekday_day_month_year(case.published_on)}"
    elif case.publish_on is not None:
        yield f"Planned for {weekday_day_month_year(case.publish_on)}"
    elif case.publishes is False:
        yield "The report itself is not published"
    else:
        yield "No day is planned yet"


def _sharing(work: UnitOfWork, case: Case) -> Iterator[str]:
    wrong = sum(not one.is_decided for one in breaches(work, case))
    if wrong:
        yield capital(
            f"{count_of(wrong, 'breach', 'breaches')} to decide: sent to the wrong person"
        )
    found = dispatches(work.session, case.id)
    counted = sum(one.state.counts for one in found)
    waiting = sum(one.state.waits_for_a_person for one in found)
    yield f"{counted} of {len(found)} sent to national bodies" if found else "Nothing is sent yet"
    if waiting:
        yield f"{waiting} {'waits' if waiting == 1 else 'wait'} for a person"


_SAID: Final[dict[case_places.CasePlace, _Said]] = {
    case_places.PEOPLE: _people,
    case_places.AGENCIES: _agencies,
    case_places.MEETINGS: _meetings,
    case_places.DECISIONS: _decisions,
    case_places.REVIEW: review_in_short,
    case_places.ACTIONS: _actions,
    case_places.PUBLICATION: _publication,
    case_places.SHARING: _sharing,
}
