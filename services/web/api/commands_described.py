"""The command of each act as JSON Schema: what a form asks, with an example of each answer."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from pydantic.json_schema import models_json_schema

from services.casework.commands import Command, Kind, RowForEach
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import CASE_PAGES, OPENING_PAGES
from services.web.forms.fields import Question, questions

_REF: Final = "#/components/schemas/{model}"
_AN_ID: Final = str(UUID(int=0x5B0F2C1E7A5C4C1D9D9E0D5A5B1C2D3E))
_EXAMPLES: Final[Mapping[Kind, Any]] = {
    Kind.NUMBER: 2,
    Kind.YES_NO: True,
    Kind.DAY: "2026-01-28",
    Kind.MOMENT: "2026-01-28T22:40:00+00:00",
    Kind.SHORT_TEXT: "A few words.",
    Kind.LONG_TEXT: "What there is to say, in sentences.",
}
_SEVERAL: Final = frozenset({Kind.AGENCIES, Kind.PEOPLE, Kind.THINGS})


def commands_described() -> dict[str, Any]:
    """Return the schema of every command by its name, each with an example."""
    pages: tuple[ActPage, ...] = (*OPENING_PAGES, *CASE_PAGES)
    models = {one.act.command for one in pages}
    in_order = sorted(models, key=lambda one: one.__name__)
    _names, described = models_json_schema(
        [(one, "validation") for one in in_order], ref_template=_REF
    )
    schemas: dict[str, Any] = described.get("$defs", {})
    for model in in_order:
        schemas[model.__name__]["examples"] = [example_of(model)]
    return schemas


def example_of(model: type[Command]) -> dict[str, Any]:
    """Return a body that has the form of the command: each needed answer, and nobody's words."""
    return {one.name: _example(one) for one in questions(model) if one.required}


def _example(question: Question) -> Any:  # noqa: ANN401 - any JSON
    if question.kind is Kind.ROWS:
        return [_row(question)] if not isinstance(question.layout, RowForEach) else _each(question)
    if question.kind is Kind.ONE_OF:
        return question.words[0].value
    if question.kind is Kind.SEVERAL:
        return [question.words[0].value]
    if question.kind in _SEVERAL:
        return [_AN_ID]
    return _EXAMPLES.get(question.kind, _AN_ID)


def _row(question: Question) -> dict[str, Any]:
    return {one.name: _example(one) for one in question.asked if one.required}


def _each(question: Question) -> list[dict[str, Any]]:
    given = question.layout
    members: tuple[StrEnum, ...] = tuple(given.members) if isinstance(given, RowForEach) else ()
    field = given.field if isinstance(given, RowForEach) else ""
    return [{field: one.value, **_row(question)} for one in members]
