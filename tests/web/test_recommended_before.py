"""PUB-18: beside a recommendation stands what was recommended before, and what came of it."""

from uuid import UUID

from services.casework.steps.notification.notification import RECORD_NOTIFICATION
from services.casework.steps.recommendations.proposing import PROPOSE_RECOMMENDATIONS
from services.database.cases import get_case
from services.database.history import viewings
from services.domain.roles import Actor, Role
from services.domain.viewings import Viewed
from services.domain.workflow import Stage
from services.web.posted_form import Posted
from services.web.view_models.recommended_before import SaidBeforeView, recommended_before
from tests import factories as say
from tests.driven import Driven
from tests.words import SAID
from tests.world import someone_else

CHAIR, WHEN = Role.REVIEW_GROUP_CHAIR, "2026-09-01"


def with_a_plan(case: Driven) -> None:
    case.agree_on(say.propose_plan(case.agency()), WHEN)


def beside(case: Driven, here: UUID, who: Role | Actor, *typed: str) -> SaidBeforeView | None:
    """Return what stands beside the form of another case, with these recommendations typed."""
    rows = {f"recommendations-{at}-text": (one,) for at, one in enumerate(typed)}
    with case.world.act(who, WHEN) as work:
        other = get_case(work.session, here)
        assert recommended_before(work, RECORD_NOTIFICATION, other, Posted(rows)) is None
        return recommended_before(work, PROPOSE_RECOMMENDATIONS, other, Posted(rows))


def test_what_was_put_to_the_partners_before_is_shown_where_it_is_alike(case_at):
    """PUB-18: with the words in common and how the actions stand, to who may read that case."""
    case = case_at(Stage.EMBEDDING, with_a_plan)
    here = Driven(case.world).case_id
    alike = beside(case, here, CHAIR, "Housing is told.", SAID)
    assert alike is not None
    (found,) = alike.found
    assert (found.case_id, found.text, alike.is_compared) == (case.case_id, SAID, True)
    assert found.shared == "said, example, person"
    assert found.actions
    assert found.actions[0].endswith(": open")
    with case.world.act(CHAIR, WHEN) as work:
        assert Viewed.ACTIONS in {one.what for one in viewings(work.session, case.case_id)}
    other = beside(case, here, CHAIR, "Housing tells the front door of every eviction.")
    assert other == SaidBeforeView(is_compared=True, found=())
    newest = beside(case, here, CHAIR)
    assert newest is not None
    assert (newest.is_compared, [one.case_id for one in newest.found]) == (False, [case.case_id])
    own = beside(case, case.case_id, CHAIR, SAID)
    assert own == SaidBeforeView(is_compared=True, found=())
    stranger = someone_else(case.world.ours.actor(CHAIR))
    assert beside(case, here, stranger, SAID) == SaidBeforeView(is_compared=True, found=())
