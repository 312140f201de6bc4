"""What a partnership and the operators are alerted to, by code."""

from enum import StrEnum
from typing import Final

REFUSALS_IN_A_ROW: Final = 3


class AlertCode(StrEnum):
    """One kind of thing that a person must look at, although no step of a case asks for it."""

    REFUSED_READS = "refused_reads"
    DIGEST_MISMATCH = "digest_mismatch"
    KEY_MISSING = "key_missing"
    HARMFUL_FILE = "harmful_file"
    AUDIT_BROKEN = "audit_broken"
    ANCHOR_LINE_NOT_SENT = "anchor_line_not_sent"
    POST_NOT_HELD = "post_not_held"
    SAME_INCIDENT = "same_incident"
    TELL_OTHER_PANEL = "tell_other_panel"
    WRONG_MAILBOX_ELSEWHERE = "wrong_mailbox_elsewhere"
    TEMPLATE_FAILED = "template_failed"
    WEBHOOK_SET_ASIDE = "webhook_set_aside"


ABOUT_THE_PERSON: Final = frozenset({AlertCode.REFUSED_READS})
