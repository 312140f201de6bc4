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
        "shown_case": "another partnership's case, as it is shown to us",
        "shown_document": "a document of another partnership's case",
        "seen_by_others": "what another partnership sees of the case",
        "form": "a form",
    },
    "AlertCode": {
        "refused_reads": "Three refused looks at cases in a row",
        "digest_mismatch": "A stored document is not as it was kept",
        "key_missing": "The encryption key of a stored document is missing",
        "harmful_file": "The virus scan found something in a file that was sent",
    },
}
