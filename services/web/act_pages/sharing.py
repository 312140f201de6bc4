"""Pages of how the learning is shared: what was held, and which agencies gave the briefing."""

from services.casework.steps.embedding import briefing_receipts, sharing
from services.casework.steps.embedding.sharing_standing import briefing_of_each, sharing_parts
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.working_days import written
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _parts(work: UnitOfWork, case: Case) -> Options:
    """Offer the parts of the plan, those first of which something is still to come."""
    found = sorted(sharing_parts(work, case), key=lambda one: one.is_settled)
    return {
        "sharing": tuple(
            Choice(
                str(one.id),
                f"{capital(label(one.said.way))}: {one.said.audience}",
                f"{one.said.by_whom}, by {written(one.said.last_day)}",
            )
            for one in found
        )
    }


def _agencies(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies that are asked, those first of which nothing is said yet."""
    found = sorted(briefing_of_each(work, case), key=lambda one: one.said is not None)
    return {"agency": tuple(Choice(str(one.id), one.name) for one in found)}


SHARING_PAGES = (
    ActPage(
        act=sharing.RECORD_SHARING,
        path="learning/shared",
        title="Record how the learning was shared",
        button="Record it",
        done="It is on record, and the paper of the plan says it.",
        narrow=_parts,
    ),
    ActPage(
        act=briefing_receipts.CONFIRM_BRIEFING,
        path="learning/briefing/given",
        title="Confirm that your staff were given the briefing",
        button="Confirm it",
        done="Your confirmation is kept.",
    ),
    ActPage(
        act=briefing_receipts.RECORD_BRIEFING_GIVEN,
        path="learning/briefing/given-by-agency",
        title="Record how an agency's staff were given the briefing",
        button="Keep what the agency says",
        done="What the agency says is kept.",
        narrow=_agencies,
    ),
)
