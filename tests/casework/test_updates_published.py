"""PUB-16: what is published of a review after its report tells of nobody either."""

import pytest

from services.casework.steps.after_publication import updates
from services.domain.errors import AnswerRefused, NotPermitted, StepNotOpen
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.communications_factories import record_update
from tests.driven import Driven
from tests.kept import Traces
from tests.road_after_publication import put_file_forward

MANAGER, ON, WHEN = Role.BUSINESS_MANAGER, "2026-09-01", "2026-09-01 10:00"
ACT = updates.record_update


@pytest.fixture
def published(case_at) -> Driven:
    """A case whose report is published."""
    return case_at(Stage.EMBEDDING)


def test_an_update_is_kept_by_its_text_or_by_its_file_that_was_checked(published, left_by):
    """PUB-16: the file is put forward and checked first, and one of the two is enough."""
    left = left_by(published, ACT, record_update(published_on=ON), who=MANAGER, when=WHEN)
    assert left == Traces(entries=["update_published"])
    file = put_file_forward(published, WHEN)
    said = record_update(kind="update_report", published_on=ON, text=None, file=file)
    published.do(ACT, said, MANAGER, WHEN)


def test_what_tells_of_the_case_and_what_is_half_said_is_refused(published):
    """PUB-16: a child's name above all."""
    for field, but in (
        ("text", {"text": "Since Robin Example died, much was done."}),
        ("text", {"text": None}),
        ("file", {"text": None, "file": published.agency()}),
        ("address", {"address": "www.safeguarding.example"}),
        ("published_on", {"published_on": "2026-07-02"}),
        ("published_on", {"published_on": "2026-09-02"}),
    ):
        with pytest.raises(AnswerRefused) as refused:
            published.do(ACT, record_update(**({"published_on": ON} | but)), MANAGER, WHEN)
        assert refused.value.field == field
    with pytest.raises(NotPermitted):
        published.do(ACT, record_update(), Role.COMMUNICATIONS_LEAD, WHEN)


def test_before_publication_there_is_nothing_to_follow(case_at):
    """PUB-16: an update follows a report that is published."""
    with pytest.raises(StepNotOpen):
        case_at(Stage.PUBLICATION).do(ACT, record_update(), MANAGER, "2026-07-06")
