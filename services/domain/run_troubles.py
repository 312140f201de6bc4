"""What may be wrong with the run of a case: the kinds by which operators narrow what they see."""

from enum import StrEnum


class RunTrouble(StrEnum):
    """One kind of trouble; the codes are those of `services/database/migrations/console.sql`."""

    SET_ASIDE = "set_aside"
    PUT_OFF = "put_off"
    EMAILS = "emails"
    LATE = "late"
    UNOWNED = "unowned"
    PAUSED = "paused"
    LOST = "lost"
    UNSTARTED = "unstarted"
