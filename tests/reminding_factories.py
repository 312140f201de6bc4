"""Who is reminded on a case, as tests say it."""

from uuid import UUID

from services.casework.steps.reminding import Remind


def remind(*waits_on: UUID) -> Remind:
    """Return whom the reminder goes to, by the ids of what they are asked."""
    return Remind(waits_on=waits_on)
