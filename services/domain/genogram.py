"""A genogram: the people of a family and how they are related, drawn and in words (FAM-06).

A square stands for somebody male, a circle for somebody female, a diamond for anybody of whom it is
not said; a child of the incident has a double line, a cross means that the person has died. Parents
stand above their children. It is drawn without any style of its own, so that page and paper show
the same picture; what it shows is said in words beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Final

from services.domain.labels import label

_WIDE, _HIGH, _TOP = 170, 190, 84
_FOOT = 76  # the lower half of a figure, and the lines of couples under it
_HALF: Final = 24
_LONGEST: Final = 22


class PersonShape(StrEnum):
    """By which figure a person is drawn."""

    MALE = "male"
    FEMALE = "female"
    NOT_SAID = "not_said"


class Tie(StrEnum):
    """How the one is related to the other."""

    PARENT = "parent"
    ADOPTIVE_PARENT = "adoptive_parent"
    STEP_PARENT = "step_parent"
    FOSTER_CARER = "foster_carer"
    GRANDPARENT = "grandparent"
    MARRIED = "married"
    PARTNERS = "partners"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    SIBLINGS = "siblings"
    OTHER = "other"

    @property
    def is_mutual(self) -> bool:
        """Tell whether it is the same said of the one or of the other."""
        return self in _BESIDE or self is Tie.OTHER


_ABOVE: Final[Mapping[Tie, int]] = {
    Tie.PARENT: 1,
    Tie.ADOPTIVE_PARENT: 1,
    Tie.STEP_PARENT: 1,
    Tie.FOSTER_CARER: 1,
    Tie.GRANDPARENT: 2,
}
_BESIDE: Final = frozenset({Tie.MARRIED, Tie.PARTNERS, Tie.SEPARATED, Tie.DIVORCED, Tie.SIBLINGS})
_BY_BIRTH_OR_LAW: Final = frozenset({Tie.PARENT, Tie.MARRIED, Tie.SEPARATED, Tie.DIVORCED})
# By these nobody comes from themselves. Who cares for whom, and who lives with whom, goes any way.
_DESCENT: Final = frozenset({Tie.PARENT, Tie.ADOPTIVE_PARENT, Tie.GRANDPARENT})
_CUTS: Final[Mapping[Tie, int]] = {Tie.SEPARATED: 1, Tie.DIVORCED: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyFigure:
    """One person of the drawing, by a name that nobody else in it has."""

    name: str
    shape: PersonShape = PersonShape.NOT_SAID
    born: str = ""
    has_died: bool = False
    is_child_of_incident: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyTie:
    """How one person is related to another, both by their names."""

    one: str
    tie: Tie
    other: str
    words: str = ""

    @property
    def in_words(self) -> str:
        """Say it as a sentence."""
        more = f" ({self.words})" if self.words else ""
        return f"{self.one} {label(self.tie)} {self.other}{more}."


@dataclass(frozen=True, slots=True)
class Genogram:
    """The people, and the relations between them."""

    people: tuple[FamilyFigure, ...]
    ties: tuple[FamilyTie, ...]

    @property
    def goes_round(self) -> bool:
        """Tell whether somebody would be their own parent or grandparent, which nobody is."""
        return _settled(self, [one for one in self.ties if one.tie in _DESCENT]) is None

    @property
    def in_words(self) -> tuple[str, ...]:
        """Say what the drawing shows: each person, then each relation."""
        return (*map(_person_in_words, self.people), *(one.in_words for one in self.ties))

    def drawn(self, title: str, *, holds_words: bool = True) -> str:
        """Return the drawing as SVG with its title, and its words within or beside, by their id."""
        words = f'<desc id="genogram-d">{escape(" ".join(self.in_words))}</desc>'
        places, wide, high = _places(self)
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}"',
            f' width="{wide}" height="{high}" role="img"',
            ' aria-labelledby="genogram-t genogram-d">',
            f'<title id="genogram-t">{escape(title)}</title>',
            words if holds_words else "",
            '<g fill="none" stroke="#0b0c0c" stroke-width="2">',
            *(_line(one, places, at) for at, one in enumerate(self.ties)),
            "</g>",
            *(_figure(one, *places[one.name]) for one in self.people),
            "</svg>",
        ]
        return "".join(parts)


def _person_in_words(person: FamilyFigure) -> str:
    said = [label(person.shape)] if person.shape is not PersonShape.NOT_SAID else []
    if person.is_child_of_incident:
        said.append("the child of the incident")
    if person.born:
        said.append(person.born)
    if person.has_died:
        said.append("has died")
    return f"{person.name}: {', '.join(said)}." if said else f"{person.name}."


def _rows(genogram: Genogram) -> dict[str, int]:
    """Return in which row each stands: parents above children, couples and siblings side by side.

    Where not all of it can be, such as of a sister who is her brother's guardian, descent goes
    first, then care: who cares for somebody stands above them, and not beside.
    """
    followed: list[FamilyTie] = []
    row = {one.name: 0 for one in genogram.people}
    for tie in sorted(genogram.ties, key=_comes_after):
        found = _settled(genogram, [*followed, tie])
        if found is not None:
            followed.append(tie)
            row = found
    _let_down(followed, row)
    return row


def _comes_after(one: FamilyTie) -> int:
    if one.tie in _DESCENT:
        return 0
    return 1 if one.tie in _ABOVE else 2


def _settled(genogram: Genogram, ties: Sequence[FamilyTie]) -> dict[str, int] | None:
    """Return in which row each stands by all these ties; nothing where they cannot all be.

    It is looked at once more than there are people: by then nobody moves, or somebody always will.
    """
    row = {one.name: 0 for one in genogram.people}
    for _ in range(len(row) + 1):
        before = dict(row)
        for one in ties:
            if one.tie in _ABOVE:
                row[one.other] = max(row[one.other], row[one.one] + _ABOVE[one.tie])
            elif one.tie in _BESIDE:
                row[one.one] = row[one.other] = max(row[one.one], row[one.other])
        if row == before:
            return row
    return None


def _let_down(ties: Sequence[FamilyTie], row: dict[str, int]) -> None:
    """Let who stands above somebody down to the row over the highest of them."""
    for name, level in row.items():
        below = [
            row[one.other] - _ABOVE[one.tie]
            for one in ties
            if one.one == name and one.tie in _ABOVE
        ]
        beside = any(name in {one.one, one.other} and one.tie in _BESIDE for one in ties)
        is_below = any(one.other == name and one.tie in _ABOVE for one in ties)
        if below and not beside and not is_below:
            row[name] = max(level, min(below))


def _places(genogram: Genogram) -> tuple[dict[str, tuple[int, int]], int, int]:
    """Return where the middle of each figure is, and how wide and high the drawing is."""
    row = _rows(genogram)
    order = list(dict.fromkeys(_in_order(genogram)))
    lines: dict[int, list[str]] = {}
    for name in order:
        lines.setdefault(row[name], []).append(name)
    widest = max(map(len, lines.values()), default=1)
    numbered = {at: number for number, at in enumerate(sorted(lines))}
    places = {
        name: (_in_line(at, len(line), widest), numbered[level] * _HIGH + _TOP)
        for level, line in lines.items()
        for at, name in enumerate(line)
    }
    return places, widest * _WIDE, _TOP + (max(len(lines), 1) - 1) * _HIGH + _FOOT


def _in_line(at: int, of: int, widest: int) -> int:
    return round((at + 0.5) * widest * _WIDE / of)


def _in_order(genogram: Genogram) -> Iterator[str]:
    """Yield the names so that who is related stands near: each with partners and siblings."""
    for person in genogram.people:
        yield person.name
        for one in genogram.ties:
            if one.tie in _BESIDE and person.name in {one.one, one.other}:
                yield one.other if person.name == one.one else one.one


def _line(one: FamilyTie, places: Mapping[str, tuple[int, int]], number: int) -> str:
    """Draw one relation: a couple below, brothers and sisters above, others straight.

    Lines of several couples, and dashed ones beside others, keep a little apart. A couple, or
    brothers and sisters, may stand in two rows: then their line goes round the outer one.
    """
    (x1, y1), (x2, y2) = places[one.one], places[one.other]
    is_dashed = one.tie not in _BY_BIRTH_OR_LAW
    dashed = ' stroke-dasharray="7 5"' if is_dashed else ""
    aside = 8 if is_dashed else 0
    if one.tie in _ABOVE:
        bar = y1 + 72 + aside
        down = f"M{x1 + aside} {y1 + _HALF - aside}V{bar}H{x2 + aside}V{y2 - _HALF + aside}"
        return f'<path d="{down}"{dashed}/>'
    if one.tie is Tie.SIBLINGS:
        bar = min(y1, y2) - _HALF - 12
        return f'<path d="M{x1} {y1 - _HALF}V{bar}H{x2}V{y2 - _HALF}"/>'
    if one.tie is Tie.OTHER:
        return f'<path d="M{x1} {y1}L{x2} {y2}" stroke-dasharray="2 6"/>'
    bar = max(y1, y2) + _HALF + 12 + 8 * (number % 4)
    start, end = (x1 - 6, x2 - 6) if is_dashed else (x1, x2)
    return f'<path d="M{start} {y1 + _HALF - aside}V{bar}H{end}V{y2 + _HALF - aside}"{dashed}/>' + (
        _cuts((x1 + x2) // 2, bar, _CUTS.get(one.tie, 0))
    )


def _cuts(middle: int, bar: int, number: int) -> str:
    """Draw across the line of a couple that has separated, twice where they are divorced."""
    return "".join(f'<path d="M{middle - 5 + 9 * at} {bar + 9}l9 -18"/>' for at in range(number))


def _figure(person: FamilyFigure, x: int, y: int) -> str:
    """Draw one person, with the name and the birth over the figure."""
    outline = _outline(person.shape, x, y, _HALF)
    inner = _outline(person.shape, x, y, _HALF - 6) if person.is_child_of_incident else ""
    cross = f'<path d="M{x - 15} {y - 15}l30 30M{x + 15} {y - 15}l-30 30"/>'
    drawn = (
        f'<g fill="#ffffff" stroke="#0b0c0c" stroke-width="2">{outline}{inner}'
        f"{cross if person.has_died else ''}</g>"
    )
    words = (*_cut(person.name), *filter(None, (person.born,)))
    texts = "".join(
        f'<text x="{x}" y="{y - _HALF - 22 - 15 * (len(words) - 1 - at)}">{escape(one)}</text>'
        for at, one in enumerate(words)
    )
    font = 'font-family="Noto Sans, Arial, sans-serif" font-size="13"'
    # A white edge keeps a name readable where a line passes behind it.
    edge = 'stroke="#ffffff" stroke-width="5" paint-order="stroke"'
    return f'{drawn}<g {font} text-anchor="middle" fill="#0b0c0c" {edge}>{texts}</g>'


def _outline(shape: PersonShape, x: int, y: int, half: int) -> str:
    match shape:
        case PersonShape.MALE:
            side = 2 * half
            return f'<rect x="{x - half}" y="{y - half}" width="{side}" height="{side}"/>'
        case PersonShape.FEMALE:
            return f'<circle cx="{x}" cy="{y}" r="{half}"/>'
        case _:
            return f'<path d="M{x} {y - half}l{half} {half}l-{half} {half}l-{half} -{half}z"/>'


def _cut(name: str) -> tuple[str, ...]:
    """Return a name so that it has room over its figure: its whole stands in the words."""
    return (name,) if len(name) <= _LONGEST else (f"{name[: _LONGEST - 1].rstrip()}…",)
