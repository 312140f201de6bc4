"""`make sheets`: each page of every kind of paper, one sheet for each of its forms.

They are looked at by a person: what is set badly is no fault that a test of words finds. The cases
are those of the tests, with longer answers in place of the short ones.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image

from services.documents.pdf import set_as_pictures
from services.documents.wording import Worded, worded
from services.domain.documents import DocumentKind, Paper
from tests.papers import ROADS, papers_of
from tests.servers import app_engine_on, platform_postgres
from tests.words import SAID
from tests.world import make_world

KINDS: Final = frozenset(kind for kind in DocumentKind if kind.particulars.forms)
LONGER: Final = (
    "The health visitor saw the child twice in the spring and noted that the weight was falling. "
    "The school told the general practice, and nobody drew the two together until the hospital did."
)
# The lines at the head of a paper whose answers tell its forms apart.
DECISIVE: Final = frozenset({"Decision", "What will be published", "The partners' decision"})
DOTS_PER_INCH, ACROSS, GAP = 62, 4, 10


def main(folder: Path) -> None:
    """Write a sheet for each kind into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home, platform_postgres(Path(home)) as postgres:
        engine = app_engine_on(postgres.make_migrated().app_url)
        made = [paper for road in ROADS for paper in papers_of(road(make_world(engine)))]
        engine.dispose()
    for name, paper in sorted(forms_of(made).items()):
        pages = set_as_pictures(_with_longer_answers(paper), DOTS_PER_INCH)
        _sheet(pages).save(folder / f"{name}.png", optimize=True)
        print(name, len(pages))  # noqa: T201 - it speaks to the person at the terminal


def forms_of(made: Iterable[Paper]) -> dict[str, Paper]:
    """Return the newest paper of each form by the name of its sheet.

    A kind has another form where something else was decided, or its head has other lines.
    """
    found: dict[DocumentKind, dict[tuple[str, ...], Paper]] = {}
    for paper in made:
        if paper.kind in KINDS:
            head = tuple(one.text if one.label in DECISIVE else one.label for one in paper.details)
            found.setdefault(paper.kind, {})[head] = paper
    return {
        kind.replace("_", "-") + (f"-{number}" if number > 1 else ""): paper
        for kind, forms in found.items()
        for number, paper in enumerate(forms.values(), 1)
    }


def _with_longer_answers(paper: Paper) -> Worded:
    words = worded(replace(paper, reference="NBL-2026-014"))
    return replace(words, blocks=tuple(map(_longer, words.blocks)))


def _longer(value: object) -> object:
    """Return the block with longer text wherever an answer of the tests stands."""
    if isinstance(value, str):
        return value.replace(SAID, LONGER)
    if isinstance(value, tuple):
        return tuple(map(_longer, value))
    return (
        replace(value, **dict(_texts(value))) if hasattr(value, "__dataclass_fields__") else value
    )


def _texts(block: object) -> Iterator[tuple[str, object]]:
    for name in block.__dataclass_fields__:
        yield name, _longer(getattr(block, name))


def _sheet(pages: list[bytes]) -> Image.Image:
    pictures = [Image.open(io.BytesIO(one)).convert("L") for one in pages]
    wide, high = (max(sizes) for sizes in zip(*(one.size for one in pictures), strict=True))
    rows = -(-len(pictures) // ACROSS)
    columns = min(len(pictures), ACROSS)
    sheet = Image.new("L", (columns * (wide + GAP) + GAP, rows * (high + GAP) + GAP), 160)
    for place, one in enumerate(pictures):
        row, column = divmod(place, ACROSS)
        sheet.paste(one, (GAP + column * (wide + GAP), GAP + row * (high + GAP)))
    return sheet.quantize(16)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
