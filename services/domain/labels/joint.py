"""Labels of a joint review: the sections that are shared, the parts, the answers."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "Section": {
        "facts_and_family": "facts and family",
        "scoping_returns": "scoping returns",
        "meeting": "the rapid review meeting",
        "criteria_and_decision": "criteria and decision",
        "terms": "terms of reference",
        "agency_reports": "agency reports",
        "draft_report": "the draft report",
        "publication": "publication",
        "action_plan": "the action plan",
        "internal": "internal: never shared",
    },
    "JointPart": {
        "consulted": "consulted: reads what is shown and comments",
        "contributing": "contributing: sends returns and reports, and has actions of its own",
        "jointly_deciding": "jointly deciding: its partners also sign the rapid review, the terms "
        "and the report",
        "jointly_publishing": "jointly publishing: its partners also sign publication, and it "
        "publishes at its own address",
    },
    "JointChange": {
        "new_lead": "it leads from now on: it owns the national clocks, writes to the Panel and "
        "publishes",
        "other_part": "it takes part in another way",
        "leaves": "it leaves the joint review and goes on alone",
    },
    "ChangeAnswer": {
        "agreed": "agree",
        "refused": "not agree",
    },
    "CommentAnswer": {
        "taken_up": "it is taken up",
        "not_taken_up": "it is not taken up",
    },
    "Published": {
        "sent": "sent the text to the three bodies",
        "published": "published it",
    },
    "JointAnswer": {
        "accepted": "accept: join the review",
        "asked": "ask: something must be clear first",
        "declined": "decline: not join the review",
    },
}
