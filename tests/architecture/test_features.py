"""What is said of the features is proved by tests that are there (docs/features.md)."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in (ROOT / "docs" / "features.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("| Feature", "|---"))
]


def test_no_feature_stands_twice():
    names = [row[0] for row in ROWS]
    assert len(names) == len(set(names)) > 60


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_feature_says_how_it_stands_and_what_proves_it_is_there(row: tuple[str, ...]):
    _name, kind, stands, proof = row
    assert kind in {"M", "B", "G", ""}
    assert stands in {"kept", "kept otherwise", "partly", "no", "left out"}
    named = re.findall(r"`((?:tests|docs)/[^`]+)`", proof)
    assert [one for one in named if not (ROOT / one).exists()] == []
    assert named or stands in {"no", "left out"}
    # What stands in part says what is missing.
    assert stands != "partly" or ":" in proof


def test_each_must_stands_or_says_what_is_missing():
    assert [row[0] for row in ROWS if row[1] == "M" and row[2] in {"no", "left out"}] == []
