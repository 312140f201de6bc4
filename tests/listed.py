"""An organisation that is asked on one case only: listed, confirmed by a second person, asked."""

from typing import Any
from uuid import UUID

from services.casework.steps.scoping import (
    listed_addresses,
    listed_organisations,
    practices,
    scoping,
)
from services.database.history import facts
from services.database.partnerships import listed_for
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.entry_types import EntryType
from services.domain.roles import Role
from tests import factories as say
from tests.directory import contacted, placed
from tests.driven import Driven
from tests.scoping_factories import answer_listed_address, list_organisation, list_practices

LEAD = "named-gp@board.example"
MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR


def listed(case: Driven, when: str, who: Role = MANAGER, **but: Any) -> UUID:
    """List an organisation for the case; return its id."""
    case.do(listed_organisations.list_organisation, list_organisation(**but), who, when)
    with case.world.act(MANAGER, when) as work:
        told = facts(work.session, case.case_id, EntryType.ORGANISATION_LISTED)
        return UUID(told[-1].subject)


def answered(case: Driven, agency: UUID, when: str, who: Role = CHAIR, **but: Any) -> None:
    """Have the second person answer its address."""
    said = answer_listed_address(agency, **but)
    case.do(listed_addresses.answer_listed_address, said, who, when)


def ask_a_practice(case: Driven, when: str) -> UUID:
    """List a practice, have its address confirmed, and ask it for its return, in one day."""
    agency = listed(case, when)
    answered(case, agency, when)
    case.do(scoping.request_returns, say.request_returns(agency), MANAGER, when)
    return agency


def a_practice_lead(case: Driven, when: str) -> UUID:
    """Put a named lead of the integrated care board into the directory; return the contact's id."""
    board = {"kind": OrganisationKind.INTEGRATED_CARE_BOARD, "name": "The board"}
    place = placed(case.world, when, **board, valid_from=when[:10])
    post = {"role": ContactRole.PRACTICE_LEAD, "holder": "Named GP", "address": LEAD}
    dates = {"valid_from": when[:10], "verified_on": when[:10]}
    return contacted(case.world, place, when, **post, **dates)


def listed_through(case: Driven, lead: UUID, when: str, **but: Any) -> list[UUID]:
    """List practices that are asked through the lead; return their ids by name."""
    case.do(practices.list_practices, list_practices(lead, **but), MANAGER, when)
    with case.world.act(MANAGER, when) as work:
        found = listed_for(work.session, case.case_id)
        return [one.id for one in found if one.through is not None]
