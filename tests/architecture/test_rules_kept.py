"""Each id of the framework's rules stands once in the coverage, and what it names is there."""

import ast
import importlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import typer
from pydantic import ValidationError
from typer.testing import CliRunner

from deployments import CHECKOUT as ROOT
from deployments.checks.rules import rules
from deployments.checks.switched_off import split, without
from deployments.rules.coverage import FAMILIES, FOLDER, Coverage, read
from services.casework.acts import ACTS
from services.domain.clocks.rules import ClockId, Force
from services.domain.documents import DocumentKind
from services.domain.rule_keeping import PlannedWork, RuleKeeping
from tests.source_files import TRACKED, name_of

NUMBERED = {
    "GOV": 19,
    "NOT": 25,
    "RR": 55,
    "DEC": 15,
    "LC": 40,
    "FAM": 12,
    "INF": 6,
    "PUB": 31,
    "EMB": 12,
    "PAR": 5,
    "E": 15,
}
UNNUMBERED = 99
NOT_FOR_A_SYSTEM = {"GOV-08", "RR-32", "LC-04", "LC-05", "LC-10", "INF-05", "E-11"}
A_RULE = re.compile(r"\b[A-Z]{1,3}-\d{2}\b")
AN_ID = re.compile(r"[A-Z]+-?\d+b?")
EVERY = read()


def unnumbered() -> set[tuple[str, str]]:
    """Return what the framework's rules name without a number, each with its family.

    Documents, roles, what they may do and what is kept apart, the counting (C1), joint reviews.
    """
    listed = Path(__file__).with_name("unnumbered_ids.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(": ") for line in listed)
    return {(family, id_) for family, _, id_ in pairs}


def ids() -> set[str]:
    """Return the ids that have a number."""
    numbered = {f"{family}-{n:02}" for family, last in NUMBERED.items() for n in range(1, last + 1)}
    clocks = set(ClockId) - {ClockId.EXTRA}  # a partnership's own, which is no rule
    return numbered | clocks | {f"G{n}" for n in range(1, 12)}


def test_each_id_stands_once():
    counted = Counter(each.id for each in EVERY)
    assert [one for one, times in counted.items() if times > 1] == []
    assert ids() - set(counted) == set()
    assert {one for one in counted if AN_ID.fullmatch(one)} == ids()
    others = {(each.family, each.id) for each in EVERY if not AN_ID.fullmatch(each.id)}
    assert others == unnumbered()
    assert len(unnumbered()) == UNNUMBERED
    assert {file.stem for file in FOLDER.iterdir()} == set(FAMILIES)


KEPT, OPEN = (
    {RuleKeeping.CODE, RuleKeeping.FORM, RuleKeeping.DOCUMENT},
    {RuleKeeping.PARTLY, RuleKeeping.NOT_YET},
)


def problems(each: Coverage) -> Iterator[str]:
    """Yield what is wrong with one line."""
    wrong = {
        "it is kept nowhere": each.how in KEPT and not each.where,
        "it says neither what is missing nor in which work it comes": each.how in OPEN
        and not (each.missing and each.work),
        "what is not kept has no place": not each.how.is_kept and bool(each.where),
        "no system could keep it: that needs a decision": each.how is RuleKeeping.NOT_FOR_A_SYSTEM
        and not (each.why and each.id in NOT_FOR_A_SYSTEM),
        "only good practice is kept by a prompt": each.how is RuleKeeping.PROMPT
        and each.force is not Force.G,
        "a rule has a force": each.family in FAMILIES[:10] and each.force is None,
    }
    yield from (saying for saying, is_so in wrong.items() if is_so)
    for place in each.where:
        if (missing := _wrong_place(each.how, place)) is not None:
            yield f"{place}: {missing}"


def _wrong_place(how: RuleKeeping, place: str) -> str | None:
    match how:
        case RuleKeeping.CODE:
            return None if _is_code(place) else "there is no such code"
        case RuleKeeping.FORM:
            return _wrong_question(*place.split("."))
        case _:
            return None if place in set(DocumentKind) else "no such document is made"


def _is_code(place: str) -> bool:
    """Tell whether the dotted name leads to something in a module of the product."""
    module, _, name = place.partition("#")[0].rpartition(".")
    try:
        return hasattr(importlib.import_module(module), name)
    except ModuleNotFoundError:
        return "." in module and hasattr(_named(module), name)


def _named(place: str) -> object:
    module, _, name = place.rpartition(".")
    return getattr(importlib.import_module(module), name, None)


def _wrong_question(act: str, field: str) -> str | None:
    if act not in ACTS:
        return "there is no such act"
    asked = ACTS[act].command.model_fields.get(field)
    if asked is None:
        return "the act asks nothing of that name"
    return None if asked.is_required() else "nobody has to answer it"


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.id)
def test_what_keeps_it_is_there(each: Coverage):
    assert list(problems(each)) == []


def test_every_guard_that_is_named_can_be_switched_off():
    for each in EVERY:
        for guard in each.where if each.how is RuleKeeping.CODE else ():
            place, _, part = guard.partition("#")
            module, name = split(place)
            path = ROOT.joinpath(*module.split("."))
            file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            without(ast.parse(file.read_text()), name, part)


def test_no_act_as_a_whole_keeps_a_rule():
    """Without the whole act each test of it breaks, whatever rule the test is about."""
    whole = {f"{act.perform.__module__}.{act.perform.__name__}" for act in ACTS.values()}
    assert [(each.id, place) for each in EVERY for place in each.where if place in whole] == []


def cited() -> set[str]:
    """Return the ids that a test names in a docstring, a comment or its name."""
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        if path.name != "test_rules_kept.py":
            found |= set(re.findall(r"\b(?:[A-Z]+-\d{2}|[KG]\d{1,2}b?)\b", path.read_text()))
    return found


def uncited(every: list[Coverage], named: set[str]) -> list[str]:
    return [
        each.id
        for each in every
        if each.how is RuleKeeping.CODE and AN_ID.fullmatch(each.id) and each.id not in named
    ]


def test_what_code_keeps_is_cited_by_a_test():
    assert uncited(list(EVERY), cited()) == []


QUESTIONS = sorted(
    {place for each in EVERY if each.how is RuleKeeping.FORM for place in each.where}
)


@pytest.mark.parametrize("place", QUESTIONS)
def test_a_form_does_not_go_on_without_the_answer(place: str):
    act, _, field = place.partition(".")
    with pytest.raises(ValidationError) as refused:
        ACTS[act].command.model_validate({})
    assert (field, "missing") in {(one["loc"][0], one["type"]) for one in refused.value.errors()}


GOOD = next(each for each in EVERY if each.id == "RR-39")


def but(**said) -> Coverage:
    return GOOD.model_copy(update=said)


@pytest.mark.parametrize(
    "planted",
    [
        but(where=()),
        but(where=("services.casework.steps.scoping.scoping.no_such_act",)),
        but(where=("services.casework.no_such_step.request_returns",)),
        but(how=RuleKeeping.FORM, where=("no_act.field",)),
        but(how=RuleKeeping.FORM, where=("refer.no_field",)),
        but(how=RuleKeeping.FORM, where=("refer.family",)),
        but(how=RuleKeeping.DOCUMENT, where=("no_document",)),
        but(how=RuleKeeping.PARTLY, where=()),
        but(how=RuleKeeping.NOT_YET, missing="all of it", work=PlannedWork.RUNNING),
        but(how=RuleKeeping.NOT_FOR_A_SYSTEM, where=(), why="It is hard."),
        but(how=RuleKeeping.PROMPT, where=()),
        but(force=None),
    ],
)
def test_a_planted_piece_is_found(planted: Coverage):
    assert list(problems(planted)) != []


def test_what_code_keeps_without_a_number_names_its_tests():
    named = [
        each for each in EVERY if each.how is RuleKeeping.CODE and not AN_ID.fullmatch(each.id)
    ]
    assert named
    for each in named:
        assert each.tests, each.id
        for test in each.tests:
            path, _, function = test.partition("[")[0].partition("::")
            assert (ROOT / path).exists(), test
            assert not function or f"def {function}(" in (ROOT / path).read_text(), test


def test_an_id_that_no_test_cites_is_found():
    assert uncited([GOOD], {"RR-38"}) == ["RR-39"]


def cited_by_the_product() -> dict[str, set[str]]:
    """Return the rules that the product's source, papers and emails name, and in which files."""
    found: dict[str, set[str]] = {}
    for path in TRACKED:
        content = path.read_bytes()
        if name_of(path).startswith(("services/", "flows/", "tasks/")) and b"\0" not in content:
            for one in A_RULE.findall(content.decode()):
                found.setdefault(one, set()).add(name_of(path))
    return found


def false_citations(named: dict[str, set[str]], every: Sequence[Coverage]) -> dict[str, set[str]]:
    """Return the ids that are no rule of the framework, or one of which nothing is kept."""
    kept = {each.id for each in every if each.how is not RuleKeeping.NOT_YET}
    families = {each.id.split("-")[0] for each in every}
    return {
        one: files
        for one, files in named.items()
        if one not in kept and one.split("-")[0] in families
    }


def test_the_product_cites_no_rule_of_which_it_keeps_nothing():
    named = cited_by_the_product()
    assert {path.rpartition(".")[2] for files in named.values() for path in files} >= {
        "py",
        "html",
        "jinja",
    }
    assert false_citations(named, EVERY) == {}


def test_a_false_citation_is_found():
    planted = {"RR-39": {"here"}, "RR-99": {"there"}, "EMB-11": {"here"}, "UTF-16": {"here"}}
    not_yet = {"how": RuleKeeping.NOT_YET}
    every = [one.model_copy(update=not_yet if one.id == "EMB-11" else {}) for one in EVERY]
    assert set(false_citations(planted, every)) == {"RR-99", "EMB-11"}


def test_the_command_prints_families_and_forces():
    app = typer.Typer()
    app.command()(rules)
    told = CliRunner().invoke(app, ["--family", "gates", "--missing"])
    assert told.exit_code == 0, told.output
    assert "G1 [-] code: services.casework.steps.referral.referral.refer" in told.output
    assert f"of {len(EVERY)} ids are kept" in told.output
    for family in FAMILIES:
        many = len(tomllib.loads((FOLDER / f"{family}.toml").read_text()))
        assert re.search(rf"^{family} .* {many}$", told.output, re.MULTILINE)
    assert CliRunner().invoke(app, ["--family", "nothing"]).exit_code == 2
