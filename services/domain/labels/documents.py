"""Labels of the forms of documents, and of how far an uploaded one has come."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "DocumentForm": {
        "pdf": "PDF",
        "word": "Word",
    },
    "DocumentState": {
        "quarantined": "held until it has been scanned for viruses",
        "kept": "kept",
        "refused": "refused by the check",
    },
}
