"""Queries of alerts and dashboards, and whether the running code exposes what they ask for."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import promql_parser
import yaml
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.parser import text_string_to_metric_families

Exposed = Mapping[str, frozenset[str]]
# What Prometheus itself knows of whom it asks, and adds to what it is told.
OF_TARGETS = {"job", "instance"}
# What a part of a query is made of; another part would be an error here, and is then added.
IN_PARTS = {
    "AggregateExpr": ("expr",),
    "BinaryExpr": ("lhs", "rhs"),
    "Call": ("args",),
    "MatrixSelector": ("vector_selector",),
    "NumberLiteral": (),
    "ParenExpr": ("expr",),
}
PARTS = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}
ITS_OWN = {"up": frozenset(OF_TARGETS)}


def exposed(said: str, counts: ModuleType) -> Exposed:
    """Return each series of an exposition with its labels; a histogram's with all of its parts.

    What has not been counted yet has no series, so its labels are those that it declares.
    """
    found: dict[str, frozenset[str]] = dict(ITS_OWN)
    declared = {
        one._name: frozenset(one._labelnames)
        for one in vars(counts).values()
        if isinstance(one, MetricWrapperBase)
    }
    for family in text_string_to_metric_families(said):
        for part in PARTS.get(family.type, ("",)):
            found.setdefault(f"{family.name}{part}", declared.get(family.name, frozenset()))
        for sample in family.samples:
            known = found.get(sample.name, frozenset())
            found[sample.name] = known | sample.labels.keys()
    return found


def queries(path: Path) -> Iterator[str]:
    """Yield the queries of a dashboard, those of its variables among them, or of alert rules."""
    text = path.read_text()
    yield from _expressions(json.loads(text) if path.suffix == ".json" else yaml.safe_load(text))
    for metric, label in re.findall(r"label_values\((\w+), (\w+)\)", text):
        yield f"count by ({label}) ({metric})"


def wrong_in(query: str, names: Exposed) -> list[str]:
    """Return what is wrong with a query: it does not parse, or asks for what is not exposed."""
    plain = re.sub(r"\$__rate_interval", "5m", query)
    try:
        tree = promql_parser.parse(re.sub(r"\$\w+", "x", plain))
    except ValueError as trouble:
        return [f"does not parse: {trouble}"]
    wrong = []
    for selector, by in _selectors(tree, frozenset()):
        known = names.get(selector.name)
        if known is None:
            wrong.append(f"nothing exposes {selector.name}")
            continue
        asked = {one.name for one in selector.matchers.matchers} | by
        lacks = asked - known - OF_TARGETS - {"le"}
        wrong += [f"{selector.name} has no label {one}" for one in sorted(lacks)]
    return wrong


def _expressions(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        yield from (told[name] for name in ("expr",) if isinstance(told.get(name), str))
        for one in told.values():
            yield from _expressions(one)
    elif isinstance(told, list):
        for one in told:
            yield from _expressions(one)


def _selectors(node: Any, by: frozenset[str]) -> Iterator[tuple[Any, frozenset[str]]]:
    """Yield each selector, with the labels by which it is counted together."""
    kind = type(node).__name__
    if kind == "VectorSelector":
        yield node, by
        return
    if kind == "AggregateExpr" and node.modifier:
        by |= frozenset(node.modifier.labels)
    for part in IN_PARTS[kind]:
        below = getattr(node, part)
        for one in below if isinstance(below, list) else [below]:
            yield from _selectors(one, by)
