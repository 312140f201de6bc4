"""An organisation that is asked on one case only: listed, confirmed by a second person, asked."""

from typing import Any
from uuid import UUID

from services.casework.steps.scoping import listed_addresses, listed_organisations, scoping
from services.database.history import facts
from services.domain.entry_types import EntryType
from services.domain.roles import Role
from tests import factories as say
from tests.driven import Driven
from tests.scoping_factories import answer_listed_address, list_organisation

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
