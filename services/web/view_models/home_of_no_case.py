"""What needs a person besides cases: posts, alerts, policy, templates, the group's, packs."""

from typing import Any

from services.casework.alerts import count_unseen
from services.casework.directory.unheld import unheld_posts
from services.casework.inspection_packs.access import packs_waiting
from services.casework.own_template_failures import templates_to_mend
from services.casework.partnership_learning.waiting import waits_for_group
from services.casework.policies import is_asked_to_adopt
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission


def needs_of_no_case(work: UnitOfWork) -> dict[str, Any]:
    """Return what the first page tells of it, by the names under which its template reads it."""
    return {
        "unheld": unheld_posts(work, work.today),
        "adopts": is_asked_to_adopt(work),
        "for_group": waits_for_group(work),
        "packs": packs_waiting(work),
        "mends": templates_to_mend(work),
        "unseen": count_unseen(work) if work.actor.may(Permission.READ_ALERTS) else 0,
    }
