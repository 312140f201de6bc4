"""LC-27: who has the contacts with police and prosecution, once a review team is named."""

from typing import Any

import pytest

from services.casework.steps.other_reviews import disclosure, liaison
from services.casework.steps.review_team.membership import name_review_team
from services.database.cases import get_case
from services.database.history import last_entry
from services.documents.making import KeylineDocuments
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from services.web.act_pages.registry import ACT_PAGES
from tests.driven import Driven
from tests.families_at_work import papers
from tests.paper_text import text_of
from tests.process_factories import HAD_BY, record_liaison, schedule_material
from tests.team_factories import FOR_EACH_PARTNER, name_the_team

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2026-02-10"
POLICE = {"held_on": WHEN, "whom": "police"}
THEIRS = next(one["name"] for one in FOR_EACH_PARTNER if one["seat"] is Seat.POLICE)


@pytest.fixture
def case(case_at) -> Driven:
    """A case in its local review, of which no team is named yet."""
    return case_at(Stage.LOCAL_REVIEW)


@pytest.fixture
def with_team(case) -> Driven:
    """The case once somebody stands for each partner on its review team."""
    case.do(name_review_team, name_the_team(), MANAGER, WHEN)
    return case


def spoken(case: Driven, **said: Any) -> dict[str, Any]:
    """Return what is kept of a contact with the police, as it was said."""
    case.do(liaison.record_liaison, record_liaison(**{**POLICE, **said}), MANAGER, WHEN)
    with case.world.act(MANAGER, WHEN) as work:
        return last_entry(work.session, case.case_id, EntryType.LIAISON_RECORDED).command


def refused(case: Driven, field: str, says: str, **said: Any) -> None:
    with pytest.raises(AnswerRefused, match=says) as found:
        spoken(case, **said)
    assert found.value.field == field


@pytest.mark.parametrize("whom", ["police", "family_liaison", "prosecution"])
def test_a_contact_is_the_representatives_or_another_says_why(with_team, whom):
    """LC-27: the police representative liaises with SIO and CPS, and co-ordinates liaison."""
    refused(with_team, "by_representative", THEIRS, whom=whom)
    refused(with_team, "on_behalf", "LC-27", whom=whom, by_representative=False)
    refused(with_team, "had_by", THEIRS, whom=whom, by_representative=True)
    refused(with_team, "had_by", "Say who", whom=whom, by_representative=False, had_by=None)
    reason = {"on_behalf": "They were on leave, and have the note."}
    both = {"by_representative": True, "had_by": None, **reason}
    refused(with_team, "on_behalf", "leave this empty", whom=whom, **both)
    own = spoken(with_team, whom=whom, by_representative=True, had_by=None)
    assert (own["had_by"], own.get("on_behalf_of")) == (THEIRS, None)
    other = spoken(with_team, whom=whom, by_representative=False, **reason)
    assert (other["had_by"], other.get("on_behalf_of")) == (HAD_BY, THEIRS)
    assert other["on_behalf"] == reason["on_behalf"]


def test_a_contact_with_another_body_says_only_who_had_it(with_team):
    """LC-27: what is with the coroner or another board is no contact of the police's."""
    kept = spoken(with_team, whom="coroner")
    assert (kept["had_by"], kept.get("on_behalf_of")) == (HAD_BY, None)
    refused(with_team, "had_by", "Say who", whom="coroner", had_by=None)
    refused(with_team, "on_behalf", "leave this empty", whom="coroner", on_behalf="Why.")


def test_before_there_is_a_representative_it_is_said_who_had_it(case):
    """LC-17, LC-27: the police are spoken to at the outset, before a team is named."""
    refused(case, "had_by", "Say who", had_by=None)
    refused(case, "by_representative", "No review team", by_representative=True, had_by=None)
    assert spoken(case)["had_by"] == HAD_BY
    alone = name_the_team(is_needed=False, members=(), why="It is short.")
    case.do(name_review_team, alone, MANAGER, WHEN)
    assert spoken(case).get("on_behalf_of") is None


def test_a_contact_from_before_the_team_was_named_needs_no_reason(with_team):
    """LC-27: nobody can have had it on behalf of who was not named yet."""
    assert spoken(with_team, held_on="2026-02-09").get("on_behalf_of") is None


def test_the_paper_tells_who_had_a_contact_and_for_whom(with_team):
    """LC-27: the schedule for police and prosecution tells whose contact it was."""
    spoken(with_team, by_representative=False, on_behalf="They were on leave.")
    schedule = schedule_material(agreed_on=WHEN)
    with_team.do(disclosure.schedule_material, schedule, MANAGER, WHEN)
    (paper,) = papers(with_team, "disclosure_schedule")
    made = " ".join(text_of(KeylineDocuments().pdf(paper).content).split())
    (told,) = (one for one in paper.sections if one.heading == "Contacts about other proceedings")
    assert told.table is not None
    assert f"{HAD_BY}, on behalf of {THEIRS}" in {cell for row in told.table.rows for cell in row}
    assert "on behalf of" in made


def test_the_form_says_whose_contacts_they_are(with_team):
    """LC-27: who records one reads first who represents the police on the team."""
    note = ACT_PAGES["record_liaison"].note
    assert note is not None
    with with_team.world.act(MANAGER, WHEN) as work:
        assert THEIRS in note(work, get_case(work.session, with_team.case_id))
    with with_team.world.act(MANAGER, "2026-02-09") as work:
        assert note(work, get_case(work.session, with_team.case_id)) == ""
