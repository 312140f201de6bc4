"""Labels of what an email is about, and how far it has come."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "EmailMatter": {
        "notify": "notify the Panel",
        "tell_partners": "tell the safeguarding partners",
        "tell_of_death": "notify the Secretary of State and Ofsted of the death",
        "set_meeting": "set the date of the rapid review meeting",
        "send_scoping": "send the scoping requests",
        "return_scoping": "return the scoping form",
        "hold_meeting": "hold the rapid review meeting",
        "send_record": "send the rapid review record",
        "tell_chair": "tell the chair of the review group",
        "submit": "submit the rapid review to the Panel",
        "publish_review": "complete and publish the review",
        "pre_send": "send the report before publication",
        "keep_available": "keep the report publicly available",
        "complete_action": "complete the action",
        "review_retention": "review how long the case is kept",
        "agency_report": "agency information report",
        "chronology": "chronology of involvement",
        "rapid_review": "rapid review",
        "terms_of_reference": "terms of reference",
        "report": "review report",
        "action_plan": "action plan",
        "improvements": "information about improvements",
        "publication": "publication",
        "commissioning": "whether to commission a review",
        "extend_sharing": "share the case with another partnership for longer, or let it end",
        "ask_for_extension": "ask that another partnership shows its case for longer",
    },
    "EmailClass": {
        "reminder": "reminder",
        "notice": "notice",
        "statutory": "statutory notice",
    },
    "DeliveryStatus": {
        "pending": "waiting to be sent",
        "sending": "being sent",
        "sent": "sent",
        "held": "held for a person",
        "failed": "refused by the mail service",
    },
}
