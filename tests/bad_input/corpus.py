"""The corpus of bad input as data: rows of `tests/corpus`, and what a row sends."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from services.domain.plain_dates import MONTHS
from services.domain.working_days import LONDON

FOLDER: Final = Path(__file__).parents[1] / "corpus"
OF_FIELDS: Final = ("text.json", "days.json", "choices.json")
# A form sends bytes; those that are no text stand in the answer as what they are decoded to.
NO_TEXT: Final = "surrogateescape"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the case of reliability.md 5 it belongs to, what it sends and what is expected."""

    id: str
    name: str
    said: Mapping[str, Any] = field(repr=False)

    @property
    def kinds(self) -> frozenset[str]:
        """Return the kinds of question on which it is run."""
        return frozenset(self.said.get("kinds", ()))

    @property
    def expect(self) -> str:
        """Return what is expected: kept, refused, or blank."""
        return str(self.said["expect"])

    def __str__(self) -> str:
        return f"{self.id} {self.name}"


def rows_of(name: str) -> tuple[Row, ...]:
    """Return the rows of one file of the corpus."""
    told = json.loads((FOLDER / name).read_text())["rows"]
    return tuple(Row(one["id"], one["name"], one) for one in told)


def elsewhere() -> Mapping[str, str]:
    """Return the ids that no row here has, and where they are sent or why they cannot be."""
    told: Mapping[str, str] = json.loads((FOLDER / "elsewhere.json").read_text())["rows"]
    return told


@dataclass(frozen=True, slots=True)
class About:
    """What a row's value may depend on: the valid answer, the limit, the ids of other things."""

    valid: str = ""
    longest: int = 200
    ids: Mapping[str, str] = field(default_factory=dict)


def text_of(value: Any, about: About) -> str:
    """Return the text that a value of the corpus stands for."""
    if isinstance(value, str):
        return value.replace("{valid}", about.valid)
    if "octets" in value:
        return bytes.fromhex(value["octets"]).decode("utf-8", NO_TEXT)
    if "parts" in value:
        return "".join(text_of(one, about) for one in value["parts"])
    if "id_of" in value:
        return about.ids[value["id_of"]]
    if "as" in value:
        return {"without dashes": about.valid.replace("-", ""), "in capitals": about.valid.upper()}[
            value["as"]
        ]
    times = value.get("times", about.longest + value.get("longest", 0))
    return str(value["repeat"]) * int(times)


def texts_of(value: Any, about: About) -> list[str]:
    """Return what is sent under one name: mostly one text, at times several."""
    several = value["all"] if isinstance(value, dict) and "all" in value else [value]
    return [text_of(one, about) for one in several]


def day_parts(value: Mapping[str, Any], valid: Mapping[str, str], about: About) -> dict[str, str]:
    """Return the boxes of a day that a row fills in, and how."""
    how = value.get("as")
    if how is None:
        return {part: text_of(one, about) for part, one in value.items()}
    month = MONTHS[int(valid["month"]) - 1]
    return {
        "month as a word": {"month": month},
        "month cut short": {"month": month[:3].lower()},
        "two figures": {part: valid[part].zfill(2) for part in ("day", "month")},
        "spaces": {part: f" {valid[part]} " for part in ("day", "month", "year")},
    }[how]


def parts_of(value: date) -> dict[str, str]:
    """Return a day, or a moment in England, as its boxes are filled in."""
    local = value.astimezone(LONDON) if isinstance(value, datetime) else value
    parts = {"day": str(local.day), "month": str(local.month), "year": str(local.year)}
    return parts | ({"time": f"{local:%H:%M}"} if isinstance(value, datetime) else {})
