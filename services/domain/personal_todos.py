"""What is asked of one person by name, and not of whoever holds a role, a seat or an agency's part.

The person's id begins the subject of the assignment. A question is asked of a person or of an
agency; its own id stands after the person's.
"""

from typing import Final

from services.domain.todos import Todo

ALWAYS_PERSONAL: Final = frozenset({Todo.AGREE_RECORD})
MAY_BE_PERSONAL: Final = frozenset({Todo.ANSWER_QUESTION})
MARK: Final = ":"


def person_asked(todo: Todo, subject: str) -> str:
    """Return the id of the one person who is asked; nothing where a role or an agency is."""
    if todo in ALWAYS_PERSONAL:
        return subject
    person, _, _ = subject.rpartition(MARK)
    return person if todo in MAY_BE_PERSONAL else ""
