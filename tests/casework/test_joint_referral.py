"""A new lead gets the referral as it was last corrected, with the versions before it."""

from services.casework.steps.referral import referral_correction
from services.database.cases import children
from services.database.history import all_of
from services.domain.entry_types import THE_REFERRAL
from services.domain.roles import Role
from tests import factories
from tests.joint import over_there
from tests.joint_changes import Changing, put_to_both


def told(changing: Changing, side, case_id) -> tuple[list[str], list[str]]:
    """Return the children's names, and what of the referral is on record."""
    with changing.world.act(side.actor(Role.BUSINESS_MANAGER), changing.when) as work:
        versions = [
            one.entry_type for kind in THE_REFERRAL for one in all_of(work.session, case_id, kind)
        ]
        return [one.name for one in children(work.session, case_id)], versions


def test_a_new_lead_gets_the_children_of_the_corrected_referral_and_corrects_them_on(ready_by):
    together = ready_by(put_to_both, Changing.shared_back)
    first = factories.correct_referral(children=(factories.child(name="Ada"),))
    together.driven.do(
        referral_correction.correct_referral, first, Role.BUSINESS_MANAGER, together.when
    )
    together.change_lead()
    theirs, case_id = together.theirs, together.theirs_case
    assert told(together, theirs, case_id) == (["Ada"], ["referred", "referral_corrected"])
    further = factories.correct_referral(
        children=(factories.child(name="Ada"), factories.child(name="Ben"))
    )
    together.do_theirs(
        referral_correction.CORRECT_REFERRAL, case_id, further, Role.BUSINESS_MANAGER
    )
    names, versions = told(together, theirs, case_id)
    assert (names, len(versions)) == (["Ada", "Ben"], 3)
    assert over_there(together).row().has_child
    assert told(together, together.world.ours, together.case_id)[0] == ["Ada"]
