"""Who may do what: roles in a partnership, and the permissions each one carries (rules.md 4)."""

from dataclasses import dataclass
from enum import StrEnum

from services.domain.errors import NotPermitted
from services.domain.identifiers import AgencyId, PartnershipId, PersonId


class Permission(StrEnum):
    """One thing that a role may allow, said as a person would say it."""

    REFER = "refer a serious incident"
    READ_CASE = "read the whole case"
    READ_OWN_PART = "read their own agency's part of a case"
    READ_FAMILY = "read about the child and the family"
    GIVE_VIEW = "give a view on whether to notify"
    DECIDE_TO_NOTIFY = "decide whether to notify the Panel"
    RUN_SCOPING = "send and chase scoping forms"
    ANSWER_AGENCY_REQUEST = "answer for their agency"
    RUN_MEETING = "set and record the rapid review meeting"
    WRITE_RAPID_REVIEW = "write the rapid review"
    SIGN_OFF = "sign off for a safeguarding partner"
    SUBMIT_TO_PANEL = "submit to the Panel and record its answer"
    RECONSIDER = "reconsider the decision"
    COMMISSION = "commission a local review"
    DECLARE = "declare conflicts and sign the confidentiality agreement"
    RUN_REVIEW = "ask agencies for reports"
    JUDGE_REPORTS = "accept or return an agency's report"
    DRAFT_REPORT = "draft the report"
    QUALITY_ASSURE = "quality-assure the report"
    PLAN_PUBLICATION = "plan and carry out publication"
    RUN_LEARNING = "agree and follow up the action plan"
    UPDATE_ACTION = "report progress on an action"
    CLOSE_CASE = "close the case"
    KEEP_DOCUMENTS = "read and add documents"
    SETTLE_LETTERS = "settle letters that could not be sent"
    READ_POLICY = "read the partnership's policy"
    READ_HISTORY = "read who did and saw what"
    READ_ALERTS = "read the partnership's alerts"
    MOVE_PRACTICE_CLOCK = "move the practice clock"
    READ_CAUGHT_LETTERS = "read the demonstration's letters"
    WATCH_FLOWS = "watch the flow runs"
    CARRY_CASES = "carry a case's machine work"


class Role(StrEnum):
    """What a person is to the partnership."""

    BUSINESS_MANAGER = "business manager"
    NOTIFIER = "local authority decision maker"
    SAFEGUARDING_PARTNER = "safeguarding partner"
    REVIEW_GROUP_CHAIR = "review group chair"
    REVIEW_GROUP_MEMBER = "review group member"
    AGENCY_LEAD = "agency safeguarding lead"
    LEAD_REVIEWER = "lead reviewer"
    INDEPENDENT_SCRUTINEER = "independent scrutineer"
    COMMUNICATIONS_LEAD = "communications lead"
    OPERATIONS = "operations"
    SERVICE = "Keyline itself"


class Seat(StrEnum):
    """Which of the three safeguarding partners a person decides for (GOV-12)."""

    LOCAL_AUTHORITY = "local authority"
    INTEGRATED_CARE_BOARD = "integrated care board"
    POLICE = "police"


_READER = frozenset({Permission.READ_CASE, Permission.READ_POLICY, Permission.DECLARE})
_INSIDE = _READER | {
    Permission.READ_FAMILY,
    Permission.KEEP_DOCUMENTS,
    Permission.READ_HISTORY,
    Permission.REFER,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.BUSINESS_MANAGER: _INSIDE
    | {
        Permission.RUN_SCOPING,
        Permission.RUN_MEETING,
        Permission.WRITE_RAPID_REVIEW,
        Permission.SUBMIT_TO_PANEL,
        Permission.COMMISSION,
        Permission.RUN_REVIEW,
        Permission.PLAN_PUBLICATION,
        Permission.RUN_LEARNING,
        Permission.UPDATE_ACTION,
        Permission.SETTLE_LETTERS,
        Permission.READ_ALERTS,
        Permission.MOVE_PRACTICE_CLOCK,
        Permission.READ_CAUGHT_LETTERS,
    },
    Role.NOTIFIER: _INSIDE | {Permission.DECIDE_TO_NOTIFY},
    Role.SAFEGUARDING_PARTNER: _INSIDE
    | {
        Permission.GIVE_VIEW,
        Permission.SIGN_OFF,
        Permission.RECONSIDER,
        Permission.CLOSE_CASE,
    },
    Role.REVIEW_GROUP_CHAIR: _INSIDE
    | {
        Permission.GIVE_VIEW,
        Permission.RUN_SCOPING,
        Permission.RUN_MEETING,
        Permission.WRITE_RAPID_REVIEW,
        Permission.COMMISSION,
        Permission.JUDGE_REPORTS,
        Permission.QUALITY_ASSURE,
        Permission.RUN_LEARNING,
        Permission.READ_ALERTS,
    },
    Role.REVIEW_GROUP_MEMBER: _READER | {Permission.REFER},
    Role.AGENCY_LEAD: frozenset(
        {
            Permission.REFER,
            Permission.READ_OWN_PART,
            Permission.ANSWER_AGENCY_REQUEST,
            Permission.UPDATE_ACTION,
            Permission.READ_POLICY,
        }
    ),
    Role.LEAD_REVIEWER: _READER
    | {
        Permission.READ_FAMILY,
        Permission.KEEP_DOCUMENTS,
        Permission.JUDGE_REPORTS,
        Permission.DRAFT_REPORT,
    },
    Role.INDEPENDENT_SCRUTINEER: _READER | {Permission.GIVE_VIEW, Permission.READ_HISTORY},
    Role.COMMUNICATIONS_LEAD: frozenset(
        {Permission.READ_OWN_PART, Permission.PLAN_PUBLICATION, Permission.READ_POLICY}
    ),
    Role.OPERATIONS: frozenset({Permission.WATCH_FLOWS}),
    Role.SERVICE: frozenset({Permission.CARRY_CASES}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person acting in one role in one partnership; minted only by the identity room."""

    person_id: PersonId
    partnership_id: PartnershipId
    role: Role
    seat: Seat | None = None
    agency_id: AgencyId | None = None

    def may(self, permission: Permission) -> bool:
        """Tell whether this actor's role carries the permission."""
        return permission in ROLE_PERMISSIONS[self.role]

    def must(self, permission: Permission) -> None:
        """Refuse unless this actor's role carries the permission."""
        if not self.may(permission):
            raise NotPermitted(f"A person in the role {self.role} may not {permission}.")
