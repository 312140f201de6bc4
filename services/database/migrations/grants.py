"""Who may do what with which table: one table, read by the migration and by the catalogue lint.

`r` reads, `a` adds, `w` changes, `d` deletes; what is not named is withheld. None of these roles
deletes a partnership's row but a draft, which is no record yet, and a view of a list; what two
people dispose of, a function deletes (disposal.sql). What is evidence is only added to.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from services.database.migrations.roles import (
    APP,
    BACKUP,
    OPERATIONS,
    PROVISIONING,
    SIGN_IN,
    WORKER,
)

PRIVILEGES: Final = {"r": "select", "a": "insert", "w": "update", "d": "delete"}


def _table(app: str = "", worker: str = "", **others: str) -> Mapping[str, str]:
    given = {APP: app, WORKER: worker, SIGN_IN: "", PROVISIONING: "", BACKUP: "r"}
    given |= {f"keyline_{role}": words for role, words in others.items()}
    return MappingProxyType({role: words for role, words in given.items() if words})


# The rows of a partnership, each under its policy.
OF_PARTNERSHIP: Final[Mapping[str, Mapping[str, str]]] = {
    "actions": _table("raw", "r"),
    "agencies": _table("raw", "r", provisioning="ra"),  # of one case alone
    "agency_requests": _table("raw", "rw"),
    "alerts": _table("raw", "ra"),
    "appointment_answers": _table("ra", "r"),
    "appointment_links": _table("raw", "raw"),
    "appointments": _table("ra", "r"),
    "assignments": _table("raw", "raw"),
    "audit_anchors": _table("ra", "ra"),
    "audit_checks": _table("ra", "ra"),
    "audit_heads": _table("r", "r"),
    "audit_links": _table("r", "r"),  # added to by `audit.append` only
    "case_grants": _table("ra", "r"),
    "cases": _table("raw", "raw"),
    "caught_emails": _table("ra", "r"),
    "children": _table("raw", "ra"),
    "collections": _table("raw", "rw"),
    "contact_confirmations": _table("ra", "r"),
    "contacts": _table("ra", "r"),
    "declarations": _table("ra", "r"),
    "delegations": _table("ra", "r"),
    "directory_endings": _table("ra", "r"),
    "dispatches": _table("raw", "raw"),
    "disposal_papers": _table("ra", "ra"),
    "disposals": _table("r", "r"),  # added to by the functions of disposal.sql only
    "disposed_files": _table("rw", "rw"),
    "documents": _table("raw", "raw"),
    "drafts": _table("rawd"),  # each its author's alone, and ended for others unread (drafts.sql)
    "due_work": _table("raw", "raw"),
    "duty_turns": _table("ra", "r"),
    "email_settings": _table("raw", "r"),
    "entries": _table("ra", "ra"),
    "filed_words": _table("ra", "r"),
    "gone_runs": _table("r", "ra"),
    "guest_links": _table("raw", "raw"),
    "guests": _table("raw", "r"),
    "information_request_papers": _table("ra", "r"),
    "information_request_steps": _table("ra", "r"),
    "information_requests": _table("ra", "r"),
    "inspection_files": _table("ra", "r"),
    "inspection_steps": _table("ra", "r"),
    "joint_invitations": _table("ra", "r"),
    "joint_memberships": _table("raw", "raw"),
    "joint_replies": _table("ra", "r"),
    "learning_records": _table("ra", "r"),
    "leases": _table("raw", "raw"),
    "legal_holds": _table("raw", "r"),
    "membership_reviews": _table("ra", "r"),
    "memberships": _table("r", "r", provisioning="ra", sign_in="r"),
    "operator_acts": _table("ra", "r"),
    "organisations": _table("ra", "r"),
    "lost_factors": _table("ra", "r"),
    "outbox_emails": _table("raw", "raw"),
    "partnerships": _table("rw", "rw", provisioning="ra", sign_in="r"),
    "paper_template_answers": _table("ra", "r"),
    "paper_templates": _table("raw", "r"),  # encrypted again, it names a later object
    "policy_adoptions": _table("ra", "r"),
    "policy_answers": _table("ra", "r"),
    "policy_versions": _table("ra", "r", provisioning="ra"),
    "police_marks": _table("raw", "ra"),
    "provider_partnerships": _table("r", "r", provisioning="raw", sign_in="r"),
    "reading_grants": _table("raw", "r"),
    "refusal_runs": _table("raw"),
    "retention_answers": _table("ra", "r"),
    "retention_proposals": _table("ra", "r"),
    "running_clocks": _table("raw", "raw"),
    "saved_views": _table("rawd"),  # each its keeper's alone
    "sign_offs": _table("ra", "r"),
    "viewings": _table("ra"),
    "webhook_deliveries": _table("raw", "raw"),
    "webhooks": _table("raw", "r"),
}
# What belongs to people before they choose a partnership, to the machines, to the whole platform.
OF_NO_PARTNERSHIP: Final[Mapping[str, Mapping[str, str]]] = {
    "account_notices": _table(sign_in="rawd", provisioning="a"),
    "api_tokens": _table(sign_in="rad"),
    "begun_sign_ins": _table(sign_in="rad"),
    "calendar_feeds": _table(sign_in="rawd"),
    "code_apps": _table(sign_in="rawd"),
    "credentials": _table(sign_in="rw", provisioning="a"),
    "holiday_answers": _table("ra", "r"),
    "holiday_proposals": _table("ra", "r"),
    "identities": _table(provisioning="raw", sign_in="raw"),
    "identity_providers": _table(provisioning="raw", sign_in="r"),
    "passkey_challenges": _table(sign_in="rad"),
    "passkeys": _table(sign_in="rawd"),
    "password_resets": _table(sign_in="rawd"),
    "people": _table("r", "r", sign_in="r", provisioning="ra"),
    "recovery_codes": _table(sign_in="rawd"),
    "restorations": _table("rw", "rw"),
    "sign_in_attempts": _table(sign_in="rad"),
    "system_secrets": _table(sign_in="raw"),
    "ticks": _table("raw", "raw"),
    "web_sessions": _table(sign_in="rawd"),
}
# What operators read by themselves: ids, references, stages, states and ages (watch.sql).
VIEWS: Final[Mapping[str, Mapping[str, str]]] = {
    "ops.cases": {OPERATIONS: "r"},
    "ops.emails": {OPERATIONS: "r"},
}
# The version of the tables, which a backup holds as well.
VERSION: Final[Mapping[str, Mapping[str, str]]] = {"alembic_version": {BACKUP: "r"}}
