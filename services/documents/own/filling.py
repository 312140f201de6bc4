"""How a paper is made from a partnership's template: by a process of its own, then proven.

What is on record must stand in what comes back, so that no template can leave it out.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any, Final

from services.documents import OwnTemplate, TemplateFailed
from services.documents.blocks import Block, Facts, Grid, Heading, Items, Paragraph, Picture
from services.documents.own.names import MustStand, must_stand, names_for, names_of
from services.domain.documents import Paper
from services.domain.paper_templates import own_name

PATIENCE: Final = 30.0
AT_ONCE: Final = 2
BROKEN_OFF: Final = (
    "The template could not be filled in within its limits of time and memory. Make it simpler: "
    "fewer pictures, fewer tables, fewer loops in one another."
)
_COMMAND: Final = (sys.executable, "-P", "-B", "-m", "services.documents.own.child")
_BLOCKS: Final[Mapping[str, type[Block]]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "items": Items,
    "facts": Facts,
    "grid": Grid,
    "picture": Picture,
}
_turns = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """A template that was filled in: by which names, the Word file, and its blocks for a PDF."""

    names: Mapping[str, Any]
    content: bytes
    blocks: tuple[Block, ...]


Filler = Callable[[Mapping[str, Any]], dict[str, Any]]


def filled_in(paper: Paper, own: OwnTemplate, ask: Filler | None = None) -> FilledIn:
    """Fill in the template with the paper; raises TemplateFailed with what stands in the way.

    ``ask`` is who fills it in: a process of its own, unless another is given.
    """
    names = names_of(paper)
    answer = (ask or _asked_of_child)(_question(paper, names, own))
    troubles = answer.get("troubles")
    if troubles:
        raise TemplateFailed(tuple(map(str, troubles)))
    left_out = _left_out(must_stand(paper, names), answer["words"])
    if left_out:
        raise TemplateFailed(left_out)
    return FilledIn(
        names=names,
        content=base64.b64decode(answer["content"]),
        blocks=tuple(_block(one) for one in answer["blocks"]),
    )


def _question(paper: Paper, names: Mapping[str, Any], own: OwnTemplate) -> dict[str, Any]:
    return {
        "template": base64.b64encode(own.content).decode(),
        "names": names,
        "allowed": list(names_for(paper.kind)),
        "file": {
            "title": names["title"],
            "reference": names["reference"],
            "partnership": names["partnership"],
            "marking": names["marking"],
            "template": own_name(paper.kind, own.sha256, own.version),
            "day": paper.prepared_on.isoformat(),
        },
    }


def _asked_of_child(question: Mapping[str, Any]) -> dict[str, Any]:
    """Have a process of its own fill it in; it is told nothing but the question."""
    there = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with _turns:
        try:
            ended = subprocess.run(  # noqa: S603 -- the command is our own
                _COMMAND,
                input=json.dumps(question).encode(),
                capture_output=True,
                timeout=PATIENCE,
                check=False,
                env=there,
            )
        except subprocess.TimeoutExpired:
            raise TemplateFailed((BROKEN_OFF,)) from None
    if ended.returncode != 0:
        raise TemplateFailed((BROKEN_OFF,))
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def _left_out(wanted: Iterable[MustStand], words: str) -> tuple[str, ...]:
    """Say by name what of the record does not stand in the paper."""
    there = _even(words)
    missing = dict.fromkeys(one.name for one in wanted if _even(one.text) not in there)
    return tuple(
        f"The template leaves out “{name}”, which stands in every paper of this kind. Put it where "
        "it is to be read."
        for name in missing
    )


def _even(text: str) -> str:
    return " ".join(text.split()).casefold()


def _block(told: Mapping[str, Any]) -> Block:
    """Return a block as the other process told it: JSON has lists where a block has tuples."""
    kind = _BLOCKS[told["block"]]
    return kind(**{name: _fixed(value) for name, value in told.items() if name != "block"})


def _fixed(value: Any) -> Any:  # noqa: ANN401  # it is what JSON holds
    return tuple(map(_fixed, value)) if isinstance(value, list) else value
