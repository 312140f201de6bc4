"""What people read of how the framework's rules are kept."""

from typing import Final

LABELS: Final = {
    "RuleKeeping": {
        "code": "code",
        "form": "form",
        "document": "document",
        "prompt": "prompt",
        "partly": "partly",
        "not_yet": "not yet",
        "not_for_a_system": "not for a system",
    },
    "PlannedWork": {
        "rapid_review": "from scoping to the partners' decision",
        "running": "running it for real",
        "local_review": "the local review itself",
    },
}
