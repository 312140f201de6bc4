"""A published report is looked for at its address for a year, and that alone meets its clock."""

from dataclasses import dataclass, field

import pytest

from services.casework.engine.availability_rounds import check_published
from services.casework.engine.periodic_jobs import remind_all
from services.casework.steps.publication import availability
from services.database.documents import get_document
from services.database.history import entries
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.identifiers import DocumentId
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests.casework.test_published_bytes import REPORT, publish, put_forward, send
from tests.dispatch_factories import confirm_available
from tests.driven import Driven
from tests.post_office import Office

ADDRESS, MOVED = "https://reviews.example/reports/1", "https://reviews.example/archive/1"
MANAGER = Role.BUSINESS_MANAGER


@dataclass
class Websites:
    """The internet as the tests have it: which addresses are there, and which were asked."""

    there: set[str] = field(default_factory=lambda: {ADDRESS})
    asked: list[str] = field(default_factory=list)
    is_set_up: bool = True
    file: str = ""

    def digest(self, _address: str) -> str:
        return self.file

    def answers(self, address: str) -> bool:
        self.asked.append(address)
        return address in self.there


@pytest.fixture
def sites() -> Websites:
    return Websites()


@pytest.fixture
def case(case_at) -> Driven:
    """Published on 3 July 2026, to be there until 3 July 2027."""
    return case_at(Stage.EMBEDDING)


@pytest.fixture
def office(case, sites) -> Office:
    return Office(case.world, links=sites)


def round_on(office: Office, when: str) -> None:
    office.when = when
    check_published(office)
    remind_all(office)


def is_asked(case: Driven) -> bool:
    return Todo.CONFIRM_AVAILABLE in {one.todo for one in case.turns()}


def told(office: Office, case: Driven) -> list[str]:
    return sorted(
        f"{one.address.partition('@')[0]} {one.posted_at:%d %b}"
        for one in office.emails(case.case_id)
        if one.event == "availability_doubted"
    )


def noted(case: Driven) -> list[str]:
    kinds = {"address_silent", "address_answers", "availability_confirmed"}
    with case.world.act(MANAGER) as work:
        found = entries(work.session, case.case_id)
        return [one.entry_type.value for one in reversed(found) if one.entry_type.value in kinds]


def confirm(case: Driven, when: str, who: Role = MANAGER, **but) -> None:
    words = confirm_available(**{"looked_on": when[:10], **but})
    case.do(availability.confirm_available, words, who, when)


def test_each_address_is_asked_once_a_day_and_the_year_is_met_by_its_answers(office, case, sites):
    """K13, PUB-29: the day on which the year ends is met because the report was there then."""
    for when in ("2026-07-06 09:00", "2026-07-06 10:00", "2026-07-07 09:00"):
        round_on(office, when)
    assert sites.asked == [ADDRESS, ADDRESS]
    round_on(office, "2027-07-03")
    assert case.clock("K13")["met_on"] == ""
    round_on(office, "2027-07-04")
    assert case.clock("K13")["met_on"] == "2027-07-03"
    assert (noted(case), is_asked(case), told(office, case)) == ([], False, [])


def test_an_address_that_stops_answering_raises_an_alert_after_a_day(office, case, sites):
    """K13, PUB-28, PUB-29: manager and communications are told once, and a person is to look."""
    round_on(office, "2026-07-06 09:00")
    sites.there.clear()
    round_on(office, "2026-07-07 08:00")
    assert not is_asked(case), "an hour or a night of trouble is no loss"
    for when in ("2026-07-07 10:00", "2026-07-07 11:00", "2026-07-08 11:00"):
        round_on(office, when)
    assert is_asked(case)
    assert noted(case) == ["address_silent"]
    assert told(office, case) == ["business.manager 07 Jul", "communications.lead 07 Jul"]
    sites.there.add(ADDRESS)
    round_on(office, "2026-07-09")
    assert (is_asked(case), noted(case)) == (False, ["address_silent", "address_answers"])


def test_a_silent_address_is_asked_each_hour_and_once_a_day_when_a_person_looks(
    office, case, sites
):
    """K13: rounds come each quarter of an hour, and press no website."""
    round_on(office, "2026-07-06 09:00")
    sites.there.clear()
    for when in ("07 08:00", "07 08:15", "07 09:00", "07 10:00", "07 23:45", "08 09:00"):
        round_on(office, f"2026-07-{when}")
    assert is_asked(case)
    assert len(sites.asked) == 1 + 2 + 1  # until it is doubted at 9, and the next day


def test_a_year_never_ends_by_the_calendar_alone(office, case, sites):
    """K13: what is not there at the end is not met, until it was seen there again."""
    round_on(office, "2026-07-06")
    sites.there.clear()
    round_on(office, "2027-07-04")
    round_on(office, "2027-07-20")
    assert case.clock("K13")["met_on"] == ""
    sites.there.add(ADDRESS)
    round_on(office, "2027-07-21")
    assert case.clock("K13")["met_on"] == "2027-07-03"


def test_a_report_that_was_never_there_is_asked_about_on_the_first_day(office, case, sites):
    sites.there.clear()
    round_on(office, "2026-07-03 12:00")
    assert is_asked(case)


def test_a_report_that_has_moved_is_looked_for_at_its_new_address(office, case, sites):
    sites.there = {MOVED}
    round_on(office, "2026-07-06 09:00")
    confirm(case, "2026-07-06 10:00", Role.COMMUNICATIONS_LEAD, address=MOVED)
    assert (is_asked(case), noted(case)) == (False, ["address_silent", "availability_confirmed"])
    round_on(office, "2026-07-07")
    assert sites.asked[-1] == MOVED


def test_an_address_that_answers_people_only_is_looked_at_by_a_person_each_month(
    office, case, sites
):
    sites.there.clear()
    round_on(office, "2026-07-06 09:00")
    confirm(case, "2026-07-06 10:00")
    round_on(office, "2026-07-20")
    assert not is_asked(case)
    round_on(office, "2026-08-06")
    assert is_asked(case)


def test_without_a_way_out_a_person_looks_each_month_and_at_the_end(office, case, sites):
    """K13, PUB-29: an installation that checks no address asks the manager instead."""
    sites.is_set_up = False
    round_on(office, "2026-07-31")
    assert not is_asked(case)
    round_on(office, "2026-08-03")
    assert is_asked(case)
    confirm(case, "2026-08-03 11:00")
    assert not is_asked(case)
    confirm(case, "2027-06-30 11:00")
    round_on(office, "2027-07-03")
    assert is_asked(case)
    round_on(office, "2027-07-05")
    assert case.clock("K13")["met_on"] == ""
    confirm(case, "2027-07-05 11:00")
    round_on(office, "2027-07-05 12:00")
    assert (case.clock("K13")["met_on"], sites.asked) == ("2027-07-03", [])


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"looked_on": "2026-07-02"}, "looked_on"),
        ({"looked_on": "2026-07-07"}, "looked_on"),
        ({"address": "ftp://reviews.example/1"}, "address"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(said, field, case):
    with pytest.raises(AnswerRefused) as error:
        confirm(case, "2026-07-06 10:00", **said)
    assert error.value.field == field


def test_only_who_publishes_confirms_and_only_what_is_published(case, case_at):
    with pytest.raises(NotPermitted):
        confirm(case, "2026-07-06 10:00", Role.REVIEW_GROUP_CHAIR)
    with pytest.raises(RuleBroken, match="no published report"):
        confirm(case_at(Stage.PUBLICATION), "2026-07-06 10:00")


def test_another_file_at_the_address_is_told_of_once_and_looked_at(case_at, sites):
    """PUB-26, PUB-28, PUB-29: changed is not gone; a page, or the file itself, is neither."""
    case = case_at(Stage.PUBLICATION).plan()
    file = put_forward(case, REPORT)
    send(case)
    publish(case, file)
    office = Office(case.world, links=sites)
    with case.world.act(MANAGER, "2026-07-06") as work:
        published = get_document(work.session, case.case_id, DocumentId(file)).sha256
    for served, when, is_told in (
        ("", "2026-07-07", False),
        (published, "2026-07-08", False),
        ("another", "2026-07-09", True),
        ("another", "2026-07-10", True),
    ):
        sites.file = served
        round_on(office, when)
        assert is_asked(case) is is_told, (served, when)
    looked = confirm_available(looked_on="2026-07-10")
    case.do(availability.confirm_available, looked, MANAGER, "2026-07-10")
    round_on(office, "2026-07-13")
    assert not is_asked(case), "who looked has said what is there"
    with case.world.act(MANAGER, "2026-07-13") as work:
        told = [one.entry_type for one in entries(work.session, case.case_id)]
        assert told.count(EntryType.ADDRESS_CHANGED) == 1
