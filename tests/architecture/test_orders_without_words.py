"""What an act orders of the machine holds ids, codes, days and numbers, and no words of a case."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any, get_args
from uuid import UUID

import pytest
from pydantic import BaseModel

from services.casework.effects import Order
from services.casework.handlers import HANDLERS

WITHOUT_WORDS = (UUID, date, bool, int, Enum, type(None))


def fields_with_words(order: type[BaseModel]) -> Iterator[str]:
    """Yield the fields of an order, or of one within it, that could hold what a person typed."""
    for name, field in order.model_fields.items():
        if name != "type":
            yield from (f"{order.__name__}.{name}" for kind in kinds(field.annotation) if kind)


def kinds(annotation: Any) -> Iterator[bool]:
    """Tell of each kind of value that an annotation allows whether it can hold words."""
    for part in get_args(annotation) or (annotation,):
        if part is ...:
            continue
        if get_args(part):
            yield from kinds(part)
        elif isinstance(part, type) and issubclass(part, BaseModel):
            yield any(fields_with_words(part))
        else:
            yield not (isinstance(part, type) and issubclass(part, WITHOUT_WORDS))


@pytest.mark.parametrize("order", HANDLERS, ids=lambda order: order.__name__)
def test_an_order_holds_no_words(order):
    assert [*fields_with_words(order)] == []


def test_an_order_that_holds_words_is_found():
    class Within(BaseModel):
        said: str | None

    class Planted(Order):
        reasons: str
        names: tuple[str, ...]
        within: Within
        agency_id: UUID
        on: date | None

    found = [*fields_with_words(Planted)]
    assert found == ["Planted.reasons", "Planted.names", "Planted.within"]
