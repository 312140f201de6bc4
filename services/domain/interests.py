"""Who decides on the interest that a person has declared in a case: nobody on their own (G7).

Until it is decided the person takes no part. Of whoever is not named here an interest closes the
case for good: somebody else of their agency answers, another reviewer is appointed (LC-02).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from services.domain.errors import NotPermitted, RuleBroken
from services.domain.labels import label
from services.domain.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoDecides:
    """Who is asked about an interest, and who may put the decision on record in their place.

    ``is_of_lead`` says that the decision is that of the lead of the person's own organisation, who
    need not have an account: whoever is asked puts it on record and names them.
    """

    asked: Role
    or_else: Role | None = None
    is_of_lead: bool = False

    @property
    def is_of_partners(self) -> bool:
        """Tell whether the partners decide it together."""
        return self.asked is Role.SAFEGUARDING_PARTNER

    def may(self, role: Role) -> bool:
        """Tell whether a person in this role puts the decision on record."""
        return role in {self.asked, self.or_else}


_OF_LEAD: Final = WhoDecides(
    asked=Role.BUSINESS_MANAGER, or_else=Role.REVIEW_GROUP_CHAIR, is_of_lead=True
)
# Whoever holds several of these roles is decided on as the first of them.
DECIDED_ON: Final[Mapping[Role, WhoDecides]] = MappingProxyType(
    {
        Role.REVIEW_GROUP_CHAIR: WhoDecides(asked=Role.SAFEGUARDING_PARTNER),
        Role.BUSINESS_MANAGER: WhoDecides(asked=Role.REVIEW_GROUP_CHAIR),
        Role.SAFEGUARDING_PARTNER: _OF_LEAD,
        Role.NOTIFIER: _OF_LEAD,
    }
)


def who_decides(held: Collection[Role]) -> WhoDecides | None:
    """Return who decides on the interest of a person who holds these roles; None where nobody does.

    Without anybody who decides, the interest closes the case to them (LC-02).
    """
    return next((decides for role, decides in DECIDED_ON.items() if role in held), None)


def must_be_asked(role: Role, held: Collection[Role]) -> WhoDecides:
    """Return who decides on it, if it is a person in this role. Raises RuleBroken, NotPermitted."""
    decides = who_decides(held)
    if decides is None:
        raise RuleBroken(
            "The interest of a person in this role is decided by nobody: the case stays closed to "
            "them (LC-02)."
        )
    if not decides.may(role):
        raise NotPermitted(f"This interest is put before the {label(decides.asked)} (G7).")
    return decides
