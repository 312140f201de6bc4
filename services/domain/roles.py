"""Who may do what: roles in a partnership, and the permissions each one carries (rules.md 4)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.domain.errors import NotPermitted
from services.domain.identifiers import AgencyId, PartnershipId, PersonId
from services.domain.labels import label
from services.domain.permissions import DECISIONS, Permission

# Who names a role names what it allows as well.
__all__ = [
    "DECISIONS",
    "ROLE_PERMISSIONS",
    "SEAT_PERMISSIONS",
    "WITHOUT_ACCOUNT",
    "Actor",
    "Permission",
    "Role",
    "Seat",
    "asked_as",
]


class Role(StrEnum):
    """What a person is to the partnership."""

    BUSINESS_MANAGER = "business_manager"
    NOTIFIER = "notifier"
    SAFEGUARDING_PARTNER = "safeguarding_partner"
    REVIEW_GROUP_CHAIR = "review_group_chair"
    REVIEW_GROUP_MEMBER = "review_group_member"
    AGENCY_LEAD = "agency_lead"
    LEAD_REVIEWER = "lead_reviewer"
    INDEPENDENT_SCRUTINEER = "independent_scrutineer"
    COMMUNICATIONS_LEAD = "communications_lead"
    DATA_PROTECTION_CONTACT = "data_protection_contact"
    GUEST = "guest"
    PRACTITIONER = "practitioner"
    SYSTEM = "system"
    OPERATIONS = "operations"
    PARTNERSHIP_ADMINISTRATOR = "partnership_administrator"
    PLATFORM_ADMINISTRATOR = "platform_administrator"
    SERVICE = "service"


WITHOUT_ACCOUNT: Final = frozenset({Role.GUEST, Role.PRACTITIONER})
OF_INSTALLATION: Final = frozenset({Role.OPERATIONS, Role.PLATFORM_ADMINISTRATOR})


class Seat(StrEnum):
    """Which of the safeguarding partners a person decides for (GOV-12)."""

    LOCAL_AUTHORITY = "local_authority"
    INTEGRATED_CARE_BOARD = "integrated_care_board"
    POLICE = "police"


_SEES = frozenset({Permission.SEARCH_CASES, Permission.READ_POLICY, Permission.DECLARE})
_READER = _SEES | {Permission.READ_CASE}
_INSIDE = _READER | {
    Permission.READ_FAMILY,
    Permission.KEEP_DOCUMENTS,
    Permission.KEEP_NOTES,
    Permission.ASK_QUESTIONS,
    Permission.READ_HISTORY,
    Permission.ATTEND_MEETING,
    Permission.REFER,
    Permission.READ_DIRECTORY,
}
_OWN_PART = _SEES | {Permission.READ_OWN_PART}
_HOLDS = frozenset({Permission.READ_RETENTION, Permission.HOLD_RECORDS})
_PUBLICATION = frozenset({Permission.PLAN_PUBLICATION, Permission.TAKE_PUBLICATION_STEP})
_RUNS_SCOPING = frozenset({Permission.RUN_SCOPING, Permission.REMIND})
_RUNS_REVIEW = _RUNS_SCOPING | {Permission.RUN_MEETING, Permission.WRITE_RAPID_REVIEW}
_POLICY_BY_TWO = frozenset({Permission.PROPOSE_POLICY, Permission.DECIDE_POLICY})

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.BUSINESS_MANAGER: _INSIDE
    | _RUNS_REVIEW
    | _POLICY_BY_TWO
    | _HOLDS
    | _PUBLICATION
    | {
        Permission.LOG_LEAD,
        Permission.CORRECT_REFERRAL,
        Permission.RECORD_PROCESSES,
        Permission.REPLACE_POSITION,
        Permission.SUBMIT_TO_PANEL,
        Permission.COMMISSION,
        Permission.INVOLVE_FAMILY,
        Permission.HOLD_LEARNING_EVENT,
        Permission.RUN_REVIEW,
        Permission.PURSUE_ANSWERS,
        Permission.RUN_LEARNING,
        Permission.UPDATE_ACTION,
        Permission.ASK_FOR_AUDIT,
        Permission.DECIDE_ON_INTEREST,
        Permission.SETTLE_EMAILS,
        Permission.SEND_DISPATCHES,
        Permission.CORRECT_LETTERS,
        Permission.HANDLE_BREACHES,
        Permission.SHARE_CASE,
        Permission.ANSWER_INVITATION,
        Permission.END_SHARING,
        Permission.CHANGE_JOINT_REVIEW,
        Permission.COMMENT_ON_SHOWN,
        Permission.ANSWER_COMMENT,
        Permission.MARK_SENSITIVE,
        Permission.READ_ALERTS,
        Permission.READ_AUDIT,
        Permission.MOVE_PRACTICE_CLOCK,
        Permission.READ_CAUGHT_EMAILS,
        Permission.CHANGE_DIRECTORY,
        Permission.CONFIRM_DIRECTORY,
        Permission.CHANGE_POLICY,
        Permission.EXPORT_PARTNERSHIP,
        Permission.KEEP_INFORMATION_REQUESTS,
        Permission.KEEP_INSPECTION_PACKS,
        Permission.PROPOSE_RETENTION,
    },
    Role.NOTIFIER: _INSIDE
    | {Permission.LOG_LEAD, Permission.DECIDE_TO_NOTIFY, Permission.CORRECT_REFERRAL},
    Role.SAFEGUARDING_PARTNER: _INSIDE
    | _HOLDS
    | {
        Permission.LOG_LEAD,
        Permission.GIVE_VIEW,
        Permission.DECIDE_ON_INTEREST,
        Permission.RECORD_PROCESSES,
        Permission.SIGN_OFF,
        Permission.RESOLVE_DISAGREEMENT,
        Permission.REPLACE_POSITION,
        Permission.COMMENT_ON_SHOWN,
        Permission.RECONSIDER,
        Permission.ASK_FOR_PROGRESS,
        Permission.CONSIDER_DELAY,
        Permission.MONITOR_REVIEW,
        Permission.ACT_FORMALLY,
        Permission.ASK_FOR_AUDIT,
        Permission.CLOSE_CASE,
        Permission.ANSWER_INFORMATION_REQUESTS,
        Permission.APPROVE_INSPECTION_PACKS,
        Permission.DECIDE_RETENTION,
        Permission.DECIDE_POLICY,
    },
    Role.REVIEW_GROUP_CHAIR: _INSIDE
    | _RUNS_REVIEW
    | {
        Permission.LOG_LEAD,
        Permission.DECIDE_ON_INTEREST,
        Permission.GRANT_FAMILY_READING,
        Permission.APPROVE_SHARING,
        Permission.ANSWER_INVITATION,
        Permission.END_SHARING,
        Permission.CHANGE_JOINT_REVIEW,
        Permission.COMMENT_ON_SHOWN,
        Permission.ANSWER_COMMENT,
        Permission.GIVE_VIEW,
        Permission.RECORD_PROCESSES,
        Permission.RESOLVE_DISAGREEMENT,
        Permission.REPLACE_POSITION,
        Permission.CORRECT_LETTERS,
        Permission.COMMISSION,
        Permission.OVERSEE_COMMISSIONING,
        Permission.ASK_FOR_PROGRESS,
        Permission.CONSIDER_DELAY,
        Permission.INVOLVE_FAMILY,
        Permission.HOLD_LEARNING_EVENT,
        Permission.RESOLVE_SILENCE,
        Permission.JUDGE_REPORTS,
        Permission.QUALITY_ASSURE,
        Permission.TAKE_PUBLICATION_STEP,
        Permission.RUN_LEARNING,
        Permission.ASK_FOR_AUDIT,
        Permission.READ_ALERTS,
        Permission.CONFIRM_DIRECTORY,
    },
    Role.REVIEW_GROUP_MEMBER: _READER
    | {Permission.REFER, Permission.ATTEND_MEETING, Permission.COMMENT_TO_GROUP},
    Role.AGENCY_LEAD: _OWN_PART
    | {
        Permission.REFER,
        Permission.ATTEND_MEETING,
        Permission.ASK_QUESTIONS,
        Permission.ANSWER_AGENCY_REQUEST,
        Permission.UPDATE_ACTION,
        Permission.ADOPT_POLICY,
    },
    Role.LEAD_REVIEWER: _READER
    | {
        Permission.READ_FAMILY,
        Permission.KEEP_DOCUMENTS,
        Permission.KEEP_NOTES,
        Permission.ASK_QUESTIONS,
        Permission.INVOLVE_FAMILY,
        Permission.HOLD_LEARNING_EVENT,
        Permission.PURSUE_ANSWERS,
        Permission.JUDGE_REPORTS,
        Permission.DRAFT_REPORT,
        Permission.TAKE_PUBLICATION_STEP,
    },
    Role.INDEPENDENT_SCRUTINEER: _READER
    | {Permission.GIVE_VIEW, Permission.GIVE_OPINION, Permission.READ_HISTORY},
    Role.COMMUNICATIONS_LEAD: _OWN_PART | _PUBLICATION,
    Role.DATA_PROTECTION_CONTACT: _HOLDS.union(
        {
            Permission.READ_AUDIT,
            Permission.READ_POLICY,
            Permission.READ_DIRECTORY,
            Permission.EXPORT_PARTNERSHIP,
            Permission.KEEP_INFORMATION_REQUESTS,
            Permission.PROPOSE_RETENTION,
            Permission.DECIDE_RETENTION,
        }
    ),
    # Of one agency on one case, for so long as its one-time address is open (`domain/guests.py`).
    Role.GUEST: frozenset(
        {
            Permission.ATTEND_MEETING,
            Permission.DECLARE,
            Permission.READ_OWN_PART,
            Permission.ASK_QUESTIONS,
            Permission.ANSWER_AGENCY_REQUEST,
            Permission.UPDATE_ACTION,
        }
    ),
    # Of the case they reach its learning event and nothing else.
    Role.PRACTITIONER: frozenset({Permission.DECLARE, Permission.TAKE_PART_IN_EVENT}),
    # Of no person: a system that speaks by the API (`domain/systems.py`). What of this it may do is
    # said by its scopes as well, and its part is that of an agency where it is an agency's.
    Role.SYSTEM: frozenset(
        {Permission.REFER, Permission.READ_OWN_PART, Permission.ANSWER_AGENCY_REQUEST}
    ),
    Role.OPERATIONS: frozenset(
        {
            Permission.WATCH_FLOWS,
            Permission.PAUSE_WORK,
            Permission.OPERATE_FLOWS,
            Permission.CHANGE_BANK_HOLIDAYS,
        }
    ),
    # People, organisations and policy, and what was done about them; of cases nothing.
    Role.PARTNERSHIP_ADMINISTRATOR: _POLICY_BY_TWO.union(
        {
            Permission.ADMINISTER_PARTNERSHIP,
            Permission.READ_POLICY,
            Permission.READ_DIRECTORY,
            Permission.READ_RETENTION,
        }
    ),
    # Of the installation, and of no partnership (`identity/actors.py`).
    Role.PLATFORM_ADMINISTRATOR: frozenset({Permission.ADMINISTER_PLATFORM}),
    Role.SERVICE: frozenset({Permission.CARRY_CASES}),
}

# What a seat allows besides its role: the police representative marks what is police-sensitive.
SEAT_PERMISSIONS: dict[Seat, frozenset[Permission]] = {
    Seat.POLICE: frozenset({Permission.MARK_SENSITIVE}),
}


def asked_as(role: Role) -> Role:
    """Return the role whose todos a person in this role is asked: a guest answers for an agency."""
    return Role.AGENCY_LEAD if role is Role.GUEST else role


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person acting in one role in one partnership; minted only by the identity room.

    ``authority`` is the code of the local authority whose seat the person fills, where the
    partnership has several.
    """

    person_id: PersonId
    partnership_id: PartnershipId
    role: Role
    seat: Seat | None = None
    authority: str = ""
    agency_id: AgencyId | None = None

    @property
    def is_system(self) -> bool:
        """Tell whether it is a system that acts for itself, and no person."""
        return self.role is Role.SYSTEM

    def may(self, permission: Permission) -> bool:
        """Tell whether this actor's role or seat carries the permission."""
        of_seat = SEAT_PERMISSIONS.get(self.seat, frozenset()) if self.seat else frozenset()
        return permission in ROLE_PERMISSIONS[self.role] or permission in of_seat

    def must(self, permission: Permission) -> None:
        """Refuse unless this actor's role or seat carries the permission."""
        if not self.may(permission):
            raise NotPermitted(
                f"A person in the role {label(self.role)} may not {label(permission)}."
            )
