"""G8: a report that names a practitioner is not accepted, whenever the name became known."""

import pytest

from services.casework.act import record_entry
from services.casework.steps.local_review.agency_report_judgement import accept_report
from services.casework.steps.local_review.agency_reports import (
    SUBMIT_REPORT,
    request_reports,
    submit_report,
)
from services.casework.steps.local_review.chronologies import SUBMIT_CHRONOLOGY
from services.casework.steps.local_review.chronology_rows import ChronologySaid
from services.casework.steps.local_review.report_sent import ReportSubmitted
from services.database.cases import get_case
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.report_factories import submit_chronology

REVIEWER, AGENCY, WHEN = Role.LEAD_REVIEWER, Role.AGENCY_LEAD, "2026-04-01"
NAMED = "Example lead.reviewer came on Monday."


@pytest.fixture
def sent(case_at) -> Driven:
    """A case on which one agency's report waits to be judged."""
    case = case_at(Stage.LOCAL_REVIEW)
    asked = say.request_reports(case.agency(), due=WHEN, wanted=("information_report",))
    case.do(request_reports, asked, Role.BUSINESS_MANAGER, WHEN)
    case.do(submit_report, say.submit_report(), AGENCY, WHEN)
    return case


def kept_from_before(case: Driven, act, said) -> None:
    """Keep what was sent when the name in it was not known yet."""
    with case.world.act(AGENCY, WHEN) as work:
        row = get_case(work.session, case.case_id)
        record_entry(work, row, act, said, subject=str(case.agency()))


def accepted(case: Driven) -> None:
    case.do(accept_report, say.accept_report(case.agency()), REVIEWER, WHEN)


@pytest.mark.parametrize("field", ["analysis", "learning", "staff"])
def test_a_report_that_names_whom_we_know_now_goes_back(sent, field):
    """G8, LC-34: the report says the role."""
    said = ReportSubmitted(**dict(say.submit_report())).model_copy(update={field: NAMED})
    kept_from_before(sent, SUBMIT_REPORT, said)
    with pytest.raises(AnswerRefused, match="names Example lead") as refused:
        accepted(sent)
    assert refused.value.field == "agency"


def test_a_chronology_that_names_somebody_goes_back_with_the_report(sent):
    """G8: what came with it is looked through too."""
    (event,) = ChronologySaid(events=submit_chronology().events).events[:1]
    told = ChronologySaid(events=(event.model_copy(update={"event": NAMED}),))
    kept_from_before(sent, SUBMIT_CHRONOLOGY, told)
    with pytest.raises(AnswerRefused, match="in the chronology"):
        accepted(sent)


def test_a_report_without_names_is_accepted_if_it_is_sufficient(sent):
    """G8: who judges it says that the analysis is; the names are looked up."""
    bare = say.accept_report(sent.agency(), sufficient=False)
    with pytest.raises(AnswerRefused) as refused:
        sent.do(accept_report, bare, REVIEWER, WHEN)
    assert refused.value.field == "sufficient"
    accepted(sent)
