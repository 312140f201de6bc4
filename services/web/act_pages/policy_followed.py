"""The page on which a case is moved to the policy in force."""

from services.casework.effects import counted_by_another
from services.casework.steps import policy_followed
from services.database.cases import Case
from services.database.clocks import clocks
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _in_force(work: UnitOfWork, _case: Case) -> Options:
    return {"version": (Choice(str(work.partnership.policy_version), ""),)}


def _what_moves(work: UnitOfWork, case: Case) -> str:
    """Say which last days the policy in force would move on this case."""
    policy = stored_policy(work.partnership.policy)
    moved = counted_by_another(work, case, clocks(work.session, case.id), policy)
    told = [one.told for one in moved]
    number = work.partnership.policy_version
    if not told:
        return f"Version {number} of the policy moves no last day of this case that is to come."
    return f"Version {number} of the policy moves on this case: {'; '.join(told)}."


PAGES = (
    ActPage(
        act=policy_followed.FOLLOW_POLICY,
        path="policy",
        title="Move this case to the policy in force",
        button="Move the case to it",
        done="The case goes on by the policy in force.",
        narrow=_in_force,
        note=_what_moves,
    ),
)
