"""A question of an act's form is switched off in this process: the act goes on without the answer.

It is named `question:refer.children`, by act and field.
"""

from typing import Final

QUESTION: Final = "question:"


def switch_off_question(place: str) -> None:
    """Let the form go on where the question is not answered."""
    from services.casework.acts import ACTS  # noqa: PLC0415 -- the command line does not wait for it

    act, _, field = place.removeprefix(QUESTION).partition(".")
    command = ACTS[act].command
    command.model_fields[field].default = None
    command.model_rebuild(force=True)
