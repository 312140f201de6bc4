"""The rows that national bodies ask for, and what was sent to one of them taken together."""

import pytest

from services.casework.access.document_bundle import bundle_of
from services.casework.access.document_shelf import DocumentsWanted, placed, wanted
from services.casework.national_formats.repository import (
    REPOSITORY_COLUMNS,
    repository_cases,
    repository_row,
)
from services.casework.national_formats.tracker import (
    TRACKER_COLUMNS,
    tracker_cases,
    tracker_row,
)
from services.database.cases import children, get_case
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.reached import reach
from tests.world import HOSPITAL, make_world

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2026-12-01"


@pytest.fixture(scope="module")
def closed(app_engine):
    return reach(make_world(app_engine), Stage.CLOSED)


def told(case, cases, row, columns):
    """Return the row of the case by its columns, and the names of its children."""
    with case.world.act(MANAGER, WHEN) as work:
        found = {one.id: one for one in cases(work)}
        named = [one.name for one in children(work.session, case.case_id)]
        cells = row(work, found[case.case_id])
    assert len(cells) == len(columns)
    return dict(zip(columns, cells, strict=True)), named


def test_the_trackers_row_says_how_far_the_review_is_and_names_no_child(closed):
    row, named = told(closed, tracker_cases, tracker_row, TRACKER_COLUMNS)
    with closed.world.act(MANAGER, WHEN) as work:
        case = get_case(work.session, closed.case_id)
        assert row["Local reference number"] == case.reference
        assert row["Publication date"] == f"{case.published_on:%d/%m/%Y}"
        assert row["Report signed off"]
    assert row["Open or closed"] == "Closed"
    assert row["Type of review"] == "Child safeguarding practice review (converted)"
    assert row["Date added"] == "12/12/2025"
    assert row["Link to the report"].startswith("http")
    assert row["StEIS number"] == row["Comments"] == ""
    assert not any(one in " ".join(row.values()) for one in named)


def test_a_rapid_review_is_open_and_not_converted_and_a_referral_is_in_no_tracker(app_engine):
    case = reach(make_world(app_engine), Stage.RAPID_REVIEW)
    row, _named = told(case, tracker_cases, tracker_row, TRACKER_COLUMNS)
    assert (row["Open or closed"], row["Type of review"]) == ("Open", "Rapid review")
    assert row["Report signed off"] == row["Publication date"] == row["Link to the report"] == ""
    assert row["Slippage"]
    before = reach(make_world(app_engine), Stage.REFERRED)
    with before.world.act(MANAGER, "2025-12-15") as work:
        assert tracker_cases(work) == repository_cases(work) == []
    with case.world.act(case.world.theirs.actor(MANAGER), WHEN) as work:
        assert tracker_cases(work) == []


def test_the_repositorys_row_has_title_author_and_day_and_no_reference(closed):
    row, named = told(closed, repository_cases, repository_row, REPOSITORY_COLUMNS)
    with closed.world.act(MANAGER, WHEN) as work:
        case = get_case(work.session, closed.case_id)
        assert row["Date of publication"] == f"{case.published_on:%d/%m/%Y}"
        assert row["Safeguarding partnership"] == work.partnership.name
        assert case.reference not in " ".join(row.values())
    assert row["Title"]
    assert row["Author"].startswith("Example ")
    assert not any(one in " ".join(row.values()) for one in named)


def test_what_was_sent_to_the_panel_is_taken_together_by_who_reads_the_case(closed):
    with closed.world.act(MANAGER, WHEN) as work:
        case = get_case(work.session, closed.case_id)
        every = placed(work, case)
        sent = wanted(every, DocumentsWanted(sent=Recipient.PANEL))
        assert 0 < len(sent) < len(every)
        assert all(Recipient.PANEL in one.sent_to for one in sent)
        kinds = {one.document.kind.value for one in sent}
        assert {"rapid_review_record", "covering_letter"} <= kinds
        bundle = bundle_of(work, case, DocumentsWanted(sent=Recipient.PANEL))
        assert bundle.narrowed_to.startswith("sent to ")
        assert {one.id for one in bundle.items} == {one.document.id for one in sent}
        assert wanted(every, DocumentsWanted(sent="nobody")) == every
    with closed.world.act(Role.AGENCY_LEAD, WHEN, agency=HOSPITAL) as work:
        case = get_case(work.session, closed.case_id)
        assert not any(one.sent_to for one in placed(work, case))
