"""Terms of reference are amended while the review is open; paper and report state how (LC-06)."""

import pytest

from services.casework.act import record_entry
from services.casework.effects import open_todo
from services.casework.steps.local_review.draft_report import SUBMIT_DRAFT, submit_draft
from services.casework.steps.local_review.draft_said import DraftSubmitted
from services.casework.steps.local_review.quality_assurance import quality_assure
from services.casework.steps.local_review.terms_amended import terms_in_force
from services.casework.steps.local_review.terms_begun import terms_begun
from services.casework.steps.local_review.terms_of_reference import agree_terms
from services.casework.steps.review_team.membership import name_review_team
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.documents import DocumentKind, Paper
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.papers import papers_of
from tests.put_terms import advise
from tests.settled_families import settle_family
from tests.team_factories import name_the_team
from tests.world import HOSPITAL, PROBATION, SCHOOL

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
ASKED, FIRST = "2026-02-27", "2026-03-02"
SECOND, THIRD, LATE = "2026-03-03", "2026-05-01", "2026-06-01"
CHANGED, WHY = "Probation is asked as well.", "The school told of its part in March."
AMENDED = {"changed": CHANGED, "why_changed": WHY}


def amend(case: Driven, when: str, *names: str, **but: object) -> None:
    """Draw the terms up again with these agencies as well."""
    agencies = map(case.agency, (HOSPITAL, SCHOOL, *names))
    case.do(agree_terms, say.agree_terms(*agencies, **AMENDED | but), CHAIR, when)


def endorsed(case: Driven, when: str) -> None:
    """Have the group advise on the amended terms, and the partners endorse them."""
    advise(case, when).sign(sign_off.sign_terms, when)


def papers(case: Driven, kind: DocumentKind) -> list[Paper]:
    """Return the papers of the kind as they would be made now, in the order of their versions."""
    made = (one for one in papers_of(case) if one.kind is kind)
    return sorted(made, key=lambda one: one.version)


def in_force(case: Driven) -> str | None:
    with case.world.act(MANAGER, LATE) as work:
        entry = terms_in_force(work, get_case(work.session, case.case_id))
        return None if entry is None else entry.command.get("changed")


def test_terms_are_amended_by_all_partners_and_until_then_those_before_are_in_force(case_at):
    """LC-06, LC-29: what is changed and why is said; an agency that they add is asked."""
    case = case_at(Stage.LOCAL_REVIEW)
    for field, said in (("changed", {"changed": None, "why_changed": None}),
                        ("why_changed", {"why_changed": None})):  # fmt: skip
        with pytest.raises(AnswerRefused) as refused:
            amend(case, FIRST, **said)
        assert refused.value.field == field
    case.report(ASKED)
    amend(case, FIRST, PROBATION)
    advise(case, FIRST).sign(sign_off.sign_terms, FIRST, Seat.POLICE, Seat.LOCAL_AUTHORITY)
    assert in_force(case) is None, "one partner has not endorsed them"
    case.sign(sign_off.sign_terms, SECOND, Seat.INTEGRATED_CARE_BOARD)
    assert in_force(case) == CHANGED
    assert case.stage() is Stage.LOCAL_REVIEW
    assert "request_reports" in {one.todo for one in case.turns()}
    with case.world.act(CHAIR, SECOND) as work:
        begun = terms_begun(work, get_case(work.session, case.case_id))
    assert begun is not None
    assert begun.model_dump()["changed"] is None, "the next change is said anew"


def test_the_paper_of_the_terms_has_its_log_of_changes_the_reviewer_and_the_team(case_at):
    """LC-06, Doc 6: each change with version, day and reason; who reviews; no word more."""
    case = case_at(Stage.LOCAL_REVIEW)
    case.do(name_review_team, name_the_team(), MANAGER, FIRST)
    amend(case, FIRST)
    first, second = papers(case, DocumentKind.TERMS_OF_REFERENCE)
    parts = {one.heading: one for one in second.sections}
    assert "Changes of the terms" not in {one.heading for one in first.sections}
    assert "Changes of the terms" in parts
    assert parts["Changes of the terms"].table.rows == (
        ("2", "Monday 2 March 2026", CHANGED, WHY),
    )  # fmt: skip
    team = parts["Reviewer and review team on record"].items
    assert team[0] == "Example lead.reviewer, lead reviewer"
    assert len(team) == 1 + len(Seat)
    told = {one.label: one.text for one in parts["What was agreed"].answers}
    assert {"Who reviews, and the review team", "What is intended for publication"} <= told.keys()
    assert CHANGED not in told.values()


def test_the_report_states_the_terms_in_force_and_how_they_were_amended(case_at):
    """LC-06: a draft waits for amended terms, and one that is older than they are goes back."""
    case = case_at(Stage.LOCAL_REVIEW).report()
    amend(case, SECOND)
    settle_family(case, THIRD)
    draft = say.submit_draft()
    case.do(submit_draft, draft, REVIEWER, THIRD)
    with pytest.raises(RuleBroken, match="wait for the partners"):
        case.do(quality_assure, say.quality_assure(), CHAIR, THIRD)
    endorsed(case, LATE)
    with pytest.raises(RuleBroken, match="amended after this version"):
        case.do(quality_assure, say.quality_assure(), CHAIR, LATE)
    case.do(submit_draft, draft, REVIEWER, LATE)
    first, second = papers(case, DocumentKind.REPORT_VERSION)
    assert [one.heading for one in first.sections[:2]] == [
        "The terms of reference", "Overview and context",
    ]  # fmt: skip
    stated = {one.heading: one.table for one in second.sections if one.table}
    assert stated["How the terms of reference were amended"].rows == (
        ("Monday 1 June 2026", CHANGED, WHY),
    )
    assert stated["The terms of reference"].rows[0] == ("Period", "January 2024 to December 2025")


def test_terms_stay_as_they_are_while_the_partners_sign_the_report(case_at):
    """LC-06: what could not be stated in the report any more is amended with its next version."""
    case = case_at(Stage.LOCAL_REVIEW).report().draft()
    with pytest.raises(StepNotOpen, match="before the partners"):
        amend(case, LATE)


def test_an_agency_that_amended_terms_added_is_asked_before_the_report_goes_on(case_at):
    """LC-29: also one that terms before the newest added; after the review nobody is asked."""
    case = case_at(Stage.LOCAL_REVIEW).report(ASKED)
    for when in (FIRST, SECOND):
        amend(case, when, PROBATION)
        endorsed(case, when)
    settle_family(case, THIRD)
    case.do(submit_draft, say.submit_draft(), REVIEWER, THIRD)
    with pytest.raises(RuleBroken, match=r"added agencies.*Moor Probation"):
        case.do(quality_assure, say.quality_assure(), CHAIR, THIRD)


def test_no_agency_is_to_be_asked_once_the_report_is_signed(case_at):
    """LC-29: the request belongs to a review that is open."""
    case = case_at(Stage.LOCAL_REVIEW).report().draft()
    with case.world.act(MANAGER, LATE) as work:
        open_todo(work, get_case(work.session, case.case_id), Todo.REQUEST_REPORTS)
    case.sign(sign_off.sign_report, LATE)
    assert case.stage() is Stage.PUBLICATION
    assert "request_reports" not in {one.todo for one in case.turns()}


def test_terms_are_amended_where_a_partner_disagrees_with_the_report_for_them(case_at):
    """LC-06, GOV-11: the version before them is signed no more; its next one states them."""
    case = case_at(Stage.LOCAL_REVIEW).report().draft()
    no = {"position": Position.DISAGREES}
    case.sign(sign_off.sign_report, LATE, Seat.POLICE, **no)
    amend(case, LATE)
    with pytest.raises(RuleBroken, match="amended since"):
        case.sign(sign_off.sign_report, LATE, Seat.LOCAL_AUTHORITY)


def test_a_draft_that_states_no_terms_goes_back(case_at):
    """LC-06: one from before drafts stated their terms is returned, so that the next does."""
    case = case_at(Stage.LOCAL_REVIEW).report()
    draft = DraftSubmitted(**dict(say.submit_draft()))
    with case.world.act(REVIEWER, THIRD) as work:
        row = get_case(work.session, case.case_id)
        row.report_version = 1
        work.session.add(row)
        record_entry(work, row, SUBMIT_DRAFT, draft, subject="1")
    with pytest.raises(RuleBroken, match="states no terms"):
        case.do(quality_assure, say.quality_assure(), CHAIR, THIRD)
