"""The family of a case on a road: each person decided about, and spoken with."""

from services.casework.steps.families import (
    approach,
    contacts,
    draft_shared,
    genogram,
    involvement,
)
from services.casework.steps.families.genogram_people import Drawable, people_to_draw
from services.casework.steps.local_review import draft_report
from services.casework.steps.other_reviews import disclosure
from services.database.cases import get_case
from services.domain.roles import Role
from tests import factories as say
from tests.driven import Driven
from tests.family_factories import (
    agree_family_approach,
    decide_involvement,
    keep_genogram,
    record_draft_shared,
    record_family_contact,
)
from tests.process_factories import schedule_material
from tests.settled_families import family_of, settle_family
from tests.settled_practitioners import assure_draft

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER


def involve_family(case: Driven, when: str = "2026-02-03") -> Driven:
    """Agree on the approach, invite the first person and hear them; the others are not invited."""
    case.do(approach.agree_family_approach, agree_family_approach(), CHAIR, when)
    draw_family(case, when)
    case.do(disclosure.schedule_material, schedule_material(), MANAGER, when)
    settle_family(case, when)
    first = family_of(case)[0].person.id
    case.do(involvement.decide_involvement, decide_involvement(first), MANAGER, when)
    heard = record_family_contact(
        first, about=("first_contact", "their_views"), beside_event="before"
    )
    case.do(contacts.record_family_contact, heard, REVIEWER, when)
    return case


def draw_family(case: Driven, when: str) -> Driven:
    """Draw a genogram in which the first of the family is a sister of the child."""
    child, *family = drawable(case, when)
    case.do(genogram.keep_genogram, keep_genogram(family[0].id, child.id), CHAIR, when)
    return case


def drawable(case: Driven, when: str) -> tuple[Drawable, ...]:
    """Return who may be drawn on the case."""
    with case.world.act(CHAIR, when) as work:
        return people_to_draw(work, get_case(work.session, case.case_id))


def share_draft(case: Driven, when: str = "2026-05-01") -> Driven:
    """Submit a draft, share it with the first person, and have it assured."""
    command = say.submit_draft()
    case.do(draft_report.submit_draft, command, REVIEWER, when)
    shared = record_draft_shared(family_of(case)[0].person.id)
    case.do(draft_shared.record_draft_shared, shared, MANAGER, when)
    assure_draft(case, when)
    return case


def discuss_publication(case: Driven, when: str) -> Driven:
    """Discuss the arrangements for publication with the first person."""
    said = record_family_contact(
        family_of(case)[0].person.id, about=("publication",), wishes="Not near her birthday."
    )
    case.do(contacts.record_family_contact, said, MANAGER, when)
    return case
