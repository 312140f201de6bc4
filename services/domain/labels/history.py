"""Labels of what people looked at, and of what must be looked into."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "Viewed": {
        "case": "the case",
        "clock": "how a date was worked out",
        "timeline": "the timeline",
        "viewers": "who saw it",
        "documents": "the list of documents",
        "document": "a document",
        "shown_case": "a case as one partnership shows it to another",
        "shown_document": "a document of another partnership's case",
        "seen_by_others": "what another partnership sees of the case",
        "form": "a form",
        "audit": "the audit of the case",
    },
    "AlertCode": {
        "refused_reads": "Three refused looks at cases in a row",
        "digest_mismatch": "A stored document is not as it was kept",
        "key_missing": "The encryption key of a stored document is missing",
        "harmful_file": "The virus scan found something in a file that was sent",
        "audit_broken": "The audit chain is not as it was written",
        "anchor_line_not_sent": "The line of the audit to keep could not be sent by email",
    },
    "AuditKind": {
        "act": "acts",
        "view": "looks at a case",
        "download": "documents opened",
        "refused": "refused requests",
        "document": "documents added",
        "email": "emails handed over",
        "dispatch": "dispatches to national bodies",
        "collection": "documents collected",
        "account": "signing in and out",
        "alert": "alerts",
        "administration": "administration",
    },
    "AccountEvent": {
        "signed_in": "signed in",
        "sign_in_refused": "wrong password",
        "role_chosen": "chose this role",
        "signed_out": "signed out",
    },
    "CollectionEvent": {
        "opened": "the recipient opened a document with the one-time address and the code",
        "code_refused": "somebody gave a wrong code at a one-time address",
        "locked": "somebody gave the last wrong code at a one-time address: it is locked",
    },
    "AdministrativeEvent": {
        "provisioned": "people and agencies put on record",
        "practice_clock_moved": "practice clock moved",
        "work_paused": "machine work paused by operations",
        "work_resumed": "machine work let go on by operations",
        "audit_viewed": "looked at the audit",
        "audit_exported": "exported the audit",
        "holiday_proposed": "change of the bank holidays proposed",
        "holiday_approved": "change of the bank holidays approved",
        "holiday_refused": "change of the bank holidays refused",
    },
}
