"""Labels of inspection packs: what is asked, what becomes of each item, how a pack stands."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "InspectionQuestion": {
        "timeliness": "whether notifications, rapid reviews and local reviews were in time",
        "decisions": "who decided what, and with what authority",
        "sent": "what was sent to whom, with what proof",
        "actions": "actions, and what came of them",
        "audit": "up to where the audit is verified",
    },
    "PackItemDecision": {
        "include": "include it as it is",
        "redact": "include it without some words, or in other words",
        "withhold": "withhold it",
    },
    "PackState": {
        "to_decide": "items are to be decided",
        "to_approve": "to be approved by the business manager",
        "with_partner": "to be approved by the partner that owns it",
        "refused": "not approved by the partner that owns it",
        "approved": "approved, and to be sent",
        "sent": "sent",
        "not_received": "sent, and not received",
        "closed": "closed without being sent",
    },
    "InspectionEvent": {
        "opened": "the inspection pack was opened",
        "gathered": "what it tells was gathered",
        "item_gathered": "an item was gathered",
        "statement_added": "a statement was added",
        "item_decided": "an item was decided",
        "manager_approved": "approved by the business manager",
        "partner_approved": "approved by the partner that owns it",
        "partner_refused": "not approved by the partner that owns it",
        "file_made": "the file of the pack was made",
        "sent": "the pack was sent",
        "not_received": "the pack was not received",
        "closed": "the pack was closed without being sent",
        "looked_at": "an inspection pack was looked at",
        "file_opened": "the file of an inspection pack was opened",
    },
}
