"""Do the answers read make the act's words, and if not, which answer stands in the way."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from services.casework.commands import Kind
from services.web.forms.fields import Question
from services.web.forms.messages import about, missing
from services.web.forms.parsing import Answers, Problem

Details = Mapping[str, Any]
Understood = TypeVar("Understood", bound=BaseModel)


def understand(
    model: type[Understood], questions: tuple[Question, ...], answers: Answers
) -> Understood | list[Problem]:
    """Make the act's words from the answers, or return the problems that stand in the way."""
    if answers.problems:
        return answers.problems
    try:
        return model.model_validate(answers.values)
    except ValidationError as refused:
        found = refused.errors(include_url=False, include_input=False)
        return [_problem(error, questions, answers) for error in found]


def refused(field: str, message: str, questions: tuple[Question, ...], answers: Answers) -> Problem:
    """Put an act's refusal of one answer beside its question, or at the top of the page."""
    steps = field.replace(".", "-").split("-")
    question, name = _found(steps, questions, answers)
    return Problem(name if question else "", message, _part(question))


def _problem(
    error: Mapping[str, Any], questions: tuple[Question, ...], answers: Answers
) -> Problem:
    steps = [str(step) for step in error["loc"]]
    question, name = _found(steps, questions, answers)
    said = _SAID.get(error["type"])
    if said is None:
        message = str(error["msg"]).removeprefix("Value error, ")
        is_ours = error["type"] in {"value_error", "assertion_error"}
        message = (
            message
            if is_ours or question is None
            else about(question, "this was not understood. Answer it again")
        )
    elif question is None:
        message = "An answer is missing or does not fit. Look at every answer again."
    else:
        message = said(question, error.get("ctx", {}))
    return Problem(name if question else "", message, _part(question))


def _found(
    steps: list[str], questions: tuple[Question, ...], answers: Answers
) -> tuple[Question | None, str]:
    """Follow the steps to a question, counting rows as the page numbered them."""
    question = next((one for one in questions if one.name == steps[0]), None) if steps else None
    if question is None or question.kind is not Kind.ROWS or len(steps) < 3:
        return question, question.name if question else ""
    kept = answers.kept_rows.get(question.name, [])
    at = int(steps[1]) if steps[1].isdigit() else -1
    number = kept[at] if 0 <= at < len(kept) else at
    inner = next((one for one in question.asked if one.name == steps[2]), None)
    if inner is None or number < 0:
        return question, question.name
    return inner, f"{question.name}-{number}-{inner.name}"


def _part(question: Question | None) -> str:
    return "day" if question and question.kind in {Kind.DAY, Kind.MOMENT} else ""


def _missing(question: Question, _details: Details) -> str:
    return missing(question)


def _at_most(question: Question, details: Details) -> str:
    return about(question, f"use {details['max_length']:,} characters or fewer")


def _at_least_chosen(question: Question, details: Details) -> str:
    least = details["min_length"]
    if question.kind is Kind.ROWS:
        return about(question, f"give at least {least}")
    return missing(question) if least == 1 else about(question, f"give at least {least}")


def _at_most_chosen(question: Question, details: Details) -> str:
    return about(question, f"give {details['max_length']} or fewer")


def _bound(word: str, key: str) -> Callable[[Question, Details], str]:
    return lambda question, details: about(question, f"enter {details[key]} or {word}")


_SAID: Final[Mapping[str, Callable[[Question, Details], str]]] = {
    "missing": _missing,
    "string_too_short": _missing,
    "string_too_long": _at_most,
    "too_short": _at_least_chosen,
    "too_long": _at_most_chosen,
    "greater_than_equal": _bound("more", "ge"),
    "less_than_equal": _bound("fewer", "le"),
    "enum": _missing,
}
