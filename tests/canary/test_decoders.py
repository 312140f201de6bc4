"""A canary is found in every encoding, also of an encoded one, and is not found where it is not."""

import base64
import json
import os
from itertools import product

import pytest

from tests.canary.encodings import ENCODINGS
from tests.canary.marks import BORN_ON, SHAPED, Marks

# In these a text can be written whatever bytes it came from.
THREE_DEEP = "hex of gzip of UTF-16"
CARRIERS = ("JSON", "URL", "base64, second alignment", "base64, wrapped at 76", "hex", "gzip")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_canary_is_found_in_each_encoding(encoding):
    marks = Marks()
    planted = ENCODINGS[encoding](marks.new("a child's name"))
    assert marks.found_in(b"before " + planted + b" after") == {"a child's name"}


@pytest.mark.slow
def test_a_canary_is_found_in_each_encoding_that_is_encoded_again():
    marks, missed = Marks(), []
    for outer, inner in product(CARRIERS, set(ENCODINGS) - {THREE_DEEP}):
        twice = ENCODINGS[outer](ENCODINGS[inner](marks.new("twice")).decode("latin-1"))
        if "twice" not in marks.found_in(twice):
            missed.append((outer, inner))
    assert missed == []


@pytest.mark.parametrize("wraps", [0, 1, 2, 3])
def test_what_is_encoded_again_and_again_is_found_to_a_depth_of_four(wraps):
    marks = Marks()
    said = marks.new("deep").encode()
    for _ in range(wraps + 1):
        said = base64.b64encode(b"around " + said)
    assert marks.found_in(said) == {"deep"}


def test_a_canary_that_was_cut_off_is_found():
    marks = Marks()
    assert marks.found_in(marks.new("a name")[:12].encode()) == {"a canary that is cut off"}


def test_the_canaries_of_another_run_and_noise_are_no_hits():
    marks, other = Marks(), Marks()
    noise = os.urandom(20_000) + base64.b64encode(os.urandom(20_000))
    assert marks.found_in(other.new("a name").encode() + noise) == set()


@pytest.mark.parametrize(
    "written",
    [BORN_ON.isoformat(), "17 February 2019", "17/02/2019", "17%20FEBRUARY%202019"],
)
def test_a_date_of_birth_is_found_however_it_is_written(written):
    assert Marks().found_in(f"born {written}.".encode()) == {"a date of birth"}


def test_every_shape_is_found():
    assert Marks().found_in(base64.b64encode(json.dumps(SHAPED).encode())) == {
        "a date of birth",
        "an NHS number",
        "a telephone number",
        "a postcode",
    }
