"""Whose tasks and time limits a person has listed on their first page."""

from enum import StrEnum


class TodoList(StrEnum):
    """Whose tasks and time limits are listed; the code stands in the address of the page."""

    MINE = "mine"
    OTHERS = "others"
    PARTNERSHIP = "partnership"
    EVERYWHERE = "everywhere"
