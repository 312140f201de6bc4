"""No prose in rows: what is stored, compared or posted is a code, and what people read a label."""

import ast
import re
from collections.abc import Iterable, Mapping
from functools import cache

import pytest

from services.casework import labels as casework
from services.domain import labels as domain
from services.domain.roles import Permission
from tests.source_files import PRODUCT, TEMPLATES, TRACKED, name_of, nodes_of

A_CODE = re.compile(r"[a-z0-9_]+")
# Enums whose values are not our own codes, with the reason.
AS_PRINTED = {
    "ClockId": "the ids of the clocks as rules.md prints them: K10, K3b",
    "Force": "the letters of rules.md for how binding a rule is: SG, S/SG",
    "RunState": "Prefect's own words, which services.orchestration translates",
    "RunAction": "said in the worker's log only, where it is a sentence for operators",
}
# Enums that no person reads: no label, with the reason.
UNREAD = {
    "RunState": AS_PRINTED["RunState"],
    "RunAction": AS_PRINTED["RunAction"],
    "EmailClass": "decides what becomes of a doubtful email; no page says it",
}
# A table that is no enum's own: a second text for each member of the enum named.
SECOND_TEXTS = {"DocumentTitle": "DocumentKind"}

Enums = Mapping[str, Mapping[str, str]]


def enums_in(text: str) -> dict[str, dict[str, str]]:
    """Return the members and values of each StrEnum that a file defines."""
    return {
        node.name: {
            one.targets[0].id: one.value.value
            for one in node.body
            if isinstance(one, ast.Assign)
            and isinstance(one.targets[0], ast.Name)
            and isinstance(one.value, ast.Constant)
        }
        for node in nodes_of(text)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases)
    }


def holds_prose(text: str) -> list[str]:
    return [
        f"{name}.{member} = {value!r}"
        for name, members in enums_in(text).items()
        if name not in AS_PRINTED
        for member, value in members.items()
        if not A_CODE.fullmatch(value)
    ]


def lacks_a_label(enums: Enums, tables: Enums) -> list[str]:
    return [
        f"{name}.{member}"
        for name, members in enums.items()
        if name not in UNREAD
        for member, code in members.items()
        if not tables.get(name, {}).get(code)
    ]


def is_a_label_of_nothing(enums: Enums, tables: Enums) -> list[str]:
    return [
        f"{name}: {code}"
        for name, table in tables.items()
        for code in table
        if code not in enums.get(SECOND_TEXTS.get(name, name), {}).values()
    ]


def compares_prose(text: str) -> list[str]:
    """Return the literals that SQL compares a column with and that are no codes."""
    alone = re.findall(r"\b\w+ = '([^']*)'", text)
    listed = re.findall(r"\bin \(('[^)]*')\)", text)
    literals = [*alone, *(one.strip(" '") for each in listed for one in each.split(","))]
    return [literal for literal in literals if literal and not A_CODE.fullmatch(literal)]


def asks_for_no_permission(text: str) -> list[str]:
    """Return what a template asks an actor's role for that is no permission's code."""
    asked = re.findall(r"\.may\((?:'([^']*)'|\"([^\"]*)\")\)", text)
    known = {permission.value for permission in Permission}
    return [one or other for one, other in asked if (one or other) not in known]


@cache
def product_enums() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path in PRODUCT:
        found |= enums_in(path.read_text())
    return found


def broken(rule, paths: Iterable) -> dict[str, list[str]]:
    found = {name_of(path): rule(path.read_text()) for path in paths}
    return {name: wrong for name, wrong in found.items() if wrong}


TABLES: Enums = {**domain.LABELS, **casework.LABELS}
# The lint of the catalogue asks PostgreSQL's own tables, whose words are no codes of ours.
LINT = "deployments/checks/isolation/catalogue.sql"
SQL = [path for path in TRACKED if path.suffix == ".sql" and name_of(path) != LINT]
DATABASE = [path for path in PRODUCT if name_of(path).startswith("services/database/")]


def test_every_value_of_an_enum_is_a_code():
    assert broken(holds_prose, PRODUCT) == {}


def test_every_exception_names_an_enum():
    assert {*AS_PRINTED, *UNREAD} <= product_enums().keys()


def test_every_code_has_its_label():
    assert len(product_enums()) > 30
    assert lacks_a_label(product_enums(), TABLES) == []


def test_every_label_has_its_code():
    assert is_a_label_of_nothing(product_enums(), TABLES) == []


def test_no_room_labels_what_another_labels():
    assert domain.LABELS.keys() & casework.LABELS.keys() == set()


def test_sql_compares_codes():
    assert SQL
    assert broken(compares_prose, [*SQL, *DATABASE]) == {}


def test_templates_ask_for_permissions_by_code():
    assert broken(asks_for_no_permission, TEMPLATES) == {}


PROSE = 'class Mood(StrEnum):\n    GLAD = "glad to be here"\n'
MUST_FAIL = [
    (holds_prose, PROSE),
    (holds_prose, 'class Mood(StrEnum):\n    GLAD = "Glad"\n'),
    (compares_prose, "select 1 from t where mood = 'glad to be here'"),
    (compares_prose, "where mood in ('glad', 'not so glad')"),
    (asks_for_no_permission, "{% if actor.may('read the whole case') %}"),
    (asks_for_no_permission, '{% if actor.may("read_the_case") %}'),
]


@pytest.mark.parametrize(("rule", "text"), MUST_FAIL)
def test_a_rule_finds_what_breaks_it(rule, text: str):
    assert rule(text)


def test_a_member_without_a_label_and_a_label_without_a_member_are_found():
    enums = {"Mood": {"GLAD": "glad", "SORRY": "sorry"}}
    tables = {"Mood": {"glad": "glad to be here", "mad": "mad"}}
    assert lacks_a_label(enums, tables) == ["Mood.SORRY"]
    assert is_a_label_of_nothing(enums, tables) == ["Mood: mad"]


def test_codes_pass():
    good = 'class Mood(StrEnum):\n    GLAD = "glad"\n'
    assert holds_prose(good) == []
    assert compares_prose("where mood = 'glad' and other in ('a', 'b_2')") == []
    assert asks_for_no_permission("{% if actor.may('read_case') %}") == []
