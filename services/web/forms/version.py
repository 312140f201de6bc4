"""The version of a form: a digest of what it asks, by which a draft of another one is known."""

import hashlib
import json

from services.web.forms.fields import Question

LENGTH = 16


def version_of(questions: tuple[Question, ...]) -> str:
    """Return the digest of the questions' names, kinds and choices; a wording is no part of it."""
    asked = json.dumps([_told(one) for one in questions], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()[:LENGTH]


def _told(question: Question) -> dict[str, object]:
    return {
        "name": question.name,
        "kind": question.kind.value,
        "words": [one.value for one in question.words],
        "rows": [_told(one) for one in question.rows],
    }
