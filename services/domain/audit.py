"""What a link of the audit chain tells, by code, and the digest that stands there for words."""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.domain.identifiers import PartnershipId

# The chain of the installation: what strangers try at the door belongs to no partnership. It
# stands where a partnership's id stands, and is none.
INSTALLATION: Final = PartnershipId(UUID("6b65796c-696e-4e65-8000-000000000000"))


class AuditKind(StrEnum):
    """One kind of thing that leaves a link."""

    ACT = "act"
    VIEW = "view"
    DOWNLOAD = "download"
    REFUSED = "refused"
    DOCUMENT = "document"
    EMAIL = "email"
    DISPATCH = "dispatch"
    COLLECTION = "collection"
    ACCOUNT = "account"
    GUEST = "guest"
    ALERT = "alert"
    DIRECTORY = "directory"
    PEOPLE = "people"
    INFORMATION_REQUEST = "information_request"
    INSPECTION = "inspection"
    LEARNING = "learning"
    RETENTION = "retention"
    ADMINISTRATION = "administration"


class AccountEvent(StrEnum):
    """What a person did at the door."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    ROLE_CHOSEN = "role_chosen"
    SIGNED_OUT = "signed_out"
    SESSIONS_ENDED = "sessions_ended"
    PROVED_AGAIN = "proved_again"
    SIGNED_OUT_BY_PROVIDER = "signed_out_by_provider"
    PROVIDER_REFUSED = "provider_refused"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 -- what was done
    PASSWORD_RESET = "password_reset"  # noqa: S105 -- what was done
    SECOND_FACTOR_REFUSED = "second_factor_refused"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    PROOF_REFUSED = "proof_refused"
    FACTORS_CLEARED = "factors_cleared"
    IDENTITY_ENDED = "identity_ended"
    TOKEN_GIVEN = "token_given"  # noqa: S105 -- what was done
    TOKEN_REFUSED = "token_refused"  # noqa: S105 -- what was done
    CALENDAR_MADE = "calendar_made"
    CALENDAR_READ = "calendar_read"
    CALENDAR_ENDED = "calendar_ended"


class CollectionEvent(StrEnum):
    """What somebody without an account did at a one-time address."""

    OPENED = "opened"
    CODE_REFUSED = "code_refused"
    LOCKED = "locked"


class GuestEvent(StrEnum):
    """What became of a one-time address of a guest, and who came by it."""

    CODE_ASKED = "code_asked"
    CODE_REFUSED = "code_refused"
    CODE_ENDED = "code_ended"
    LET_IN = "let_in"


class AdministrativeEvent(StrEnum):
    """What was done to a partnership or to the installation itself, and not on a case."""

    PROVISIONED = "provisioned"
    PARTNERSHIP_FOUNDED = "partnership_founded"
    FIRST_ADMINISTRATOR_MADE = "first_administrator_made"
    ANOTHER_ADMINISTRATOR_MADE = "another_administrator_made"
    OPERATOR_MADE = "operator_made"
    PRACTICE_CLOCK_MOVED = "practice_clock_moved"
    WORK_PAUSED = "work_paused"
    WORK_RESUMED = "work_resumed"
    OPERATOR_ACTED = "operator_acted"
    PREFECT_OPENED = "prefect_opened"
    PREFECT_PAUSED = "prefect_paused"
    PREFECT_RESUMED = "prefect_resumed"
    AUDIT_VIEWED = "audit_viewed"
    AUDIT_EXPORTED = "audit_exported"
    LIST_EXPORTED = "list_exported"
    HOLIDAY_PROPOSED = "holiday_proposed"
    HOLIDAY_APPROVED = "holiday_approved"
    HOLIDAY_REFUSED = "holiday_refused"
    COMMAND_LINE_USED = "command_line_used"
    POLICY_PROPOSED = "policy_proposed"
    POLICY_RAISED = "policy_raised"
    POLICY_REFUSED = "policy_refused"
    POLICY_ADOPTED = "policy_adopted"
    TEMPLATE_PROPOSED = "template_proposed"
    TEMPLATE_APPLIED = "template_applied"
    TEMPLATE_REFUSED = "template_refused"
    FILES_REENCRYPTED = "files_reencrypted"
    EXPORT_BEGUN = "export_begun"
    EXPORT_ENDED = "export_ended"
    OFFBOARDING_BEGUN = "offboarding_begun"
    OFFBOARDED = "offboarded"
    CONTEXT_KEYS_RETIRED = "context_keys_retired"
    BACKUP_MADE = "backup_made"
    RESTORE_DRILLED = "restore_drilled"
    EMAILS_LET_LEAVE = "emails_let_leave"
    PROVIDER_ENTERED = "provider_entered"
    PROVIDER_CHANGED = "provider_changed"
    PROVIDER_ENDED = "provider_ended"
    IDENTITY_BOUND = "identity_bound"


class DirectoryEvent(StrEnum):
    """What was done to the directory of a partnership."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    PUT_ON_DUTY = "put_on_duty"


class PeopleEvent(StrEnum):
    """What was done about who holds which role in a partnership."""

    APPOINTED = "appointed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    KEPT = "kept"
    ENDED = "ended"
    FACTOR_LOST = "factor_lost"
    FACTOR_CLEARED = "factor_cleared"
    FACTOR_LEFT = "factor_left"
    SECRET_MADE = "secret_made"  # noqa: S105 -- what was done
    WEBHOOK_ENTERED = "webhook_entered"
    WEBHOOK_CONFIRMED = "webhook_confirmed"
    WEBHOOK_REFUSED = "webhook_refused"
    WEBHOOK_ENDED = "webhook_ended"
    WEBHOOK_SECRET_MADE = "webhook_secret_made"  # noqa: S105 -- what was done
    WEBHOOK_SENT_AGAIN = "webhook_sent_again"


class RequestEvent(StrEnum):
    """What was done about a request for information; the last two are looks, and no steps on it."""

    RECEIVED = "received"
    ROUTED = "routed"
    IDENTITY_ASKED = "identity_asked"
    IDENTITY_CONFIRMED = "identity_confirmed"
    CLARIFICATION_ASKED = "clarification_asked"
    CLARIFIED = "clarified"
    EXTENDED = "extended"
    ACKNOWLEDGED = "acknowledged"
    ITEM_ENTERED = "item_entered"
    ITEM_DECIDED = "item_decided"
    ITEM_READ = "item_read"
    PAPER_MADE = "paper_made"
    ANSWERED = "answered"
    CLOSED = "closed"
    LOOKED_AT = "looked_at"
    PAPER_OPENED = "paper_opened"


class InspectionEvent(StrEnum):
    """What was done about an inspection pack; the last two are looks, and no steps on it."""

    OPENED = "opened"
    GATHERED = "gathered"
    ITEM_GATHERED = "item_gathered"
    STATEMENT_ADDED = "statement_added"
    ITEM_DECIDED = "item_decided"
    MANAGER_APPROVED = "manager_approved"
    PARTNER_APPROVED = "partner_approved"
    PARTNER_REFUSED = "partner_refused"
    FILE_MADE = "file_made"
    SENT = "sent"
    NOT_RECEIVED = "not_received"
    CLOSED = "closed"
    LOOKED_AT = "looked_at"
    FILE_OPENED = "file_opened"


class LearningEvent(StrEnum):
    """What the partnership did about learning that is of no one case."""

    TRENDS_LOOKED_AT = "trends_looked_at"
    NATIONAL_REVIEW_NOTED = "national_review_noted"
    NATIONAL_REVIEW_CONSIDERED = "national_review_considered"
    NATIONAL_ACTION_DONE = "national_action_done"
    NATIONAL_ACTION_CHECKED = "national_action_checked"
    THEME_ADDED = "theme_added"
    THEME_ENDED = "theme_ended"
    THEME_MERGED = "theme_merged"


class RetentionEvent(StrEnum):
    """What was done about how long records are kept."""

    SCHEDULE_PROPOSED = "schedule_proposed"
    SCHEDULE_ADOPTED = "schedule_adopted"
    SCHEDULE_REFUSED = "schedule_refused"
    KEPT_LONGER = "kept_longer"
    DISPOSAL_PROPOSED = "disposal_proposed"
    DISPOSAL_REFUSED = "disposal_refused"
    CASE_DISPOSED = "case_disposed"
    DISPOSAL_REPLAYED = "disposal_replayed"
    FILES_DISPOSED = "files_disposed"
    HOLD_PLACED = "hold_placed"
    HOLD_RELEASED = "hold_released"


# Where the chain tells of a line of the disposal ledger, by the digest of the line.
DISPOSALS_TOLD: Final = frozenset({RetentionEvent.CASE_DISPOSED, RetentionEvent.DISPOSAL_REPLAYED})


def salted_digest(salt: str, content: Mapping[str, Any]) -> str:
    """Return what stands in the chain for content that is kept elsewhere with its salt.

    Once content and salt are disposed of, nobody can tell from the digest what was said.
    """
    said = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{salt}\n{said}".encode()).hexdigest()
