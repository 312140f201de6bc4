"""Words are left out wherever a reader would see them, and nothing of them stays."""

import pytest

from services.domain.redaction import LEFT_OUT, stands_in, without


@pytest.mark.parametrize(
    ("text", "passages", "left"),
    [
        ("Told by Ann Other.", ["Ann Other"], f"Told by {LEFT_OUT}."),
        ("Told by ANN\n  other today", ["Ann Other"], f"Told by {LEFT_OUT} today"),
        ("Ann, Annual, Joann and ann", ["Ann"], f"{LEFT_OUT}, Annual, Joann and {LEFT_OUT}"),
        ("ab cd ef gh", ["ab cd", "cd ef"], f"{LEFT_OUT} gh"),
        ("ab cd ef", ["ab cd ef", "cd"], LEFT_OUT),
        ("An\u00adn said", ["Ann"], f"{LEFT_OUT} said"),
        ("Jose\u0301 said", ["Jos\u00e9"], f"{LEFT_OUT} said"),
        ("(ring 01632 960001)", ["(ring 01632 960001)"], LEFT_OUT),
        ("nothing of it", ["elsewhere"], "nothing of it"),
        ("nothing of it", ["\u200b "], "nothing of it"),
    ],
)
def test_each_passage_leaves_one_mark(text, passages, left):
    assert without(text, passages) == left
    assert not any(stands_in(one, without(text, passages)) for one in passages)
    seen = [one for one in passages if stands_in(one, text)]
    assert bool(seen) is (left != text)


def test_the_mark_tells_neither_how_long_nor_how_many_words_were():
    short, long = (without(f"by {name} of", [name]) for name in ("Ann", "Maximilian von Other"))
    assert short == long
