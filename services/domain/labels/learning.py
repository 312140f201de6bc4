"""Labels of the learning event of a local review."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "EventWay": {
        "half_day": "face to face, over half a day",
        "two_half_days": "face to face, with another half day for a complex case",
        "online": "online in one meeting, with a break",
        "online_series": "online, in a series of smaller meetings",
    },
    "Presence": {
        "came": "came",
        "heard_instead": "did not come, and is heard in a conversation",
        "did_not_come": "did not come, and is not heard",
    },
    "TalkOccasion": {
        "before": "before the event, to prepare it",
        "instead": "in place of the event, to which they cannot come",
        "after": "after the event, to go on with something",
        "no_event": "on its own: the review has no learning event",
    },
    "FeedbackAnswer": {
        "changed": "changed in the next version",
        "not_changed": "not changed",
    },
}
