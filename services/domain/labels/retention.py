"""Labels of how long records are kept, of what holds them, and of their disposal."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "RecordClass": {
        "not_reviewed": "case closed without a rapid review",
        "rapid_review": "rapid review without a local review",
        "local_review": "local child safeguarding practice review",
    },
    "HoldGround": {
        "court": "court proceedings",
        "inquest": "an inquest",
        "inquiry": "a public inquiry",
        "other": "another reason",
    },
    "HoldingKind": {
        "legal_hold": "legal hold",
        "information_request": "request for information",
    },
    "RetentionMatter": {
        "schedule": "retention schedule",
        "keep": "keep longer",
        "dispose": "dispose of",
    },
    "RetentionStanding": {
        "kept": "kept",
        "due": "due for review",
        "proposed": "disposal proposed: waits for a second person",
        "held": "held: may not be disposed of",
    },
    "DisposalPaperKind": {
        "ledger": "line of the disposal ledger",
        "certificate": "certificate of disposal",
    },
    "RetentionEvent": {
        "schedule_proposed": "retention schedule proposed",
        "schedule_adopted": "retention schedule adopted",
        "schedule_refused": "retention schedule refused",
        "kept_longer": "record kept longer",
        "disposal_proposed": "disposal of a record proposed",
        "disposal_refused": "disposal of a record refused",
        "case_disposed": "record of a case disposed of",
        "disposal_replayed": "disposal replayed in a restored record",
        "files_disposed": "stored files of a disposed record removed",
        "hold_placed": "legal hold placed",
        "hold_released": "legal hold released",
    },
}
