"""`./keyline rules`: how much of the framework is kept, by family and by force."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from deployments.checks.figures import tell as told
from deployments.checks.proving import GuardResult, Proved, prove
from deployments.rules.coverage import FAMILIES, Coverage, read
from services.domain.clocks.rules import Force
from services.domain.labels import label
from services.domain.rule_keeping import RuleKeeping

Family = Annotated[str, typer.Option(help="List, or prove, each id of one family.")]
Proves = Annotated[
    bool, typer.Option("--prove", help="Switch off each guard: a test that cites its rule fails.")
]
Only = Annotated[str, typer.Option(help="Prove the guards of this rule only.")]
Missing = Annotated[bool, typer.Option("--missing", help="List what is not kept.")]


def rules(
    *, family: Family = "", missing: Missing = False, proves: Proves = False, only: Only = ""
) -> None:
    """Print how many ids of the framework are kept, and list those of a family or those missing."""
    if family and family not in FAMILIES:
        raise typer.BadParameter(f"Choose one of: {', '.join(FAMILIES)}.", param_hint="--family")
    every = read()
    if proves:
        _prove(every, only, family)
        return
    for each in every:
        if each.family == family or (missing and not (each.how.is_kept or each.why)):
            print(_line(each))
    print(_table("family", {one: [e for e in every if e.family == one] for one in FAMILIES}))
    print(_table("force", _by_force(every)))
    kept = sum(each.how.is_kept for each in every)
    print(f"{kept} of {len(every)} ids are kept, {_count(every, RuleKeeping.PARTLY)} partly.")


def _prove(every: Sequence[Coverage], only: str, family: str) -> None:
    """Print each guard with what its tests came to; exit with 1 where one was not noticed."""
    asked = {each.id for each in every if only in {"", each.id} and family in {"", each.family}}
    found = dict[tuple[str, str], Proved]()
    for each in prove(every, asked) if asked else ():
        print(each, flush=True)
        found[each.rule, each.guard] = each
    proven = sum(each.result is GuardResult.PROVEN for each in found.values())
    told(f"guards: {proven} of {len(found)} proven")
    for each in found.values():
        if each.result is not GuardResult.PROVEN:
            told(f"not proven: {each}")
    if proven < len(found) or not found:
        raise typer.Exit(1)


def _line(each: Coverage) -> str:
    where = ", ".join(each.where) or each.why or f"{each.missing}{_comes_in(each)}"
    return f"{each.id} [{each.force or '-'}] {label(each.how)}: {where}"


def _comes_in(each: Coverage) -> str:
    return f" ({label(each.work)})" if each.work else ""


def _by_force(every: Sequence[Coverage]) -> dict[str, list[Coverage]]:
    rows = {f"{force:<3}{label(force)}": [e for e in every if e.force is force] for force in Force}
    return rows | {"no force of its own": [each for each in every if each.force is None]}


def _table(head: str, rows: Mapping[str, Sequence[Coverage]]) -> str:
    columns = "".join(f"{words:>{len(words) + 2}}" for words in map(label, RuleKeeping))
    lines = [f"{head:<24}{columns}{'all':>6}"]
    for name, every in rows.items():
        cells = "".join(f"{_count(every, how):>{len(label(how)) + 2}}" for how in RuleKeeping)
        lines.append(f"{name:<24}{cells}{len(every):>6}")
    return "\n".join([*lines, ""])


def _count(every: Sequence[Coverage], how: RuleKeeping) -> int:
    return sum(each.how is how for each in every)
