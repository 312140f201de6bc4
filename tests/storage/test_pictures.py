"""Of a picture its pixels are kept, and nothing that it says of where it was taken."""

import io
import struct
import zlib

import pytest
from PIL import Image

from services.domain.errors import AnswerRefused
from services.storage.checking import Checked, check

# What a camera and other programs write into a picture; none of it may be found afterwards.
CAMERA, COMMENT, BEHIND = b"Kmaker", b"Kcomment", b"Kbehind"
SIZE = (48, 32)


def pixels() -> Image.Image:
    """Return a picture in which every pixel is another one."""
    picture = Image.new("RGB", SIZE)
    picture.putdata([(x * 5, y * 7, (x * y) % 256) for y in range(SIZE[1]) for x in range(SIZE[0])])
    return picture


def told(orientation: int = 1) -> Image.Exif:
    """Return what a telephone writes: the camera, the place, and which way it was held."""
    exif = Image.Exif()
    exif[0x010F] = CAMERA.decode()
    exif[0x0112] = orientation
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (51.0, 30.0, 0.0)
    return exif


def a_jpg(mode: str = "RGB", orientation: int = 1, **how: object) -> bytes:
    written = io.BytesIO()
    picture = pixels().convert(mode)
    picture.save(written, "JPEG", exif=told(orientation), comment=COMMENT, quality=90, **how)
    return written.getvalue() + BEHIND + b"PK\x05\x06" + bytes(18)


def a_chunk(name: bytes, data: bytes) -> bytes:
    check_sum = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check_sum


def a_png(mode: str = "RGB") -> bytes:
    written = io.BytesIO()
    pixels().convert(mode).save(written, "PNG", exif=told())
    whole = written.getvalue()
    more = a_chunk(b"tEXt", b"Comment\0" + COMMENT) + a_chunk(b"prVt", b"PK\x05\x06" + BEHIND)
    return whole[:-12] + more + whole[-12:] + BEHIND


def same_pixels(one: bytes, other: bytes) -> bool:
    with Image.open(io.BytesIO(one)) as first, Image.open(io.BytesIO(other)) as second:
        return (first.mode, first.size, first.tobytes()) == (
            second.mode,
            second.size,
            second.tobytes(),
        )


def must_say_nothing(checked: Checked) -> None:
    for word in (CAMERA, COMMENT, BEHIND, b"PK\x05\x06", b"http://ns.adobe.com/xap"):
        assert word not in checked.content
    with Image.open(io.BytesIO(checked.content)) as picture:
        exif = picture.getexif()
        assert dict(exif.get_ifd(0x8825)) == {}
        assert set(exif) <= {0x0112}


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"subsampling": 0, "optimize": True}])
def test_a_jpg_keeps_its_pixels_and_nothing_else(mode: str, how: dict[str, object]):
    sent = a_jpg(mode, **how)
    checked = check("a.jpg", sent)
    must_say_nothing(checked)
    assert same_pixels(sent, checked.content)
    assert not checked.is_as_sent
    assert checked.size == len(checked.content) < len(sent)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_a_png_keeps_its_pixels_and_nothing_else(mode: str):
    sent = a_png(mode) if mode != "I;16" else a_png("L")
    checked = check("a.png", sent)
    must_say_nothing(checked)
    assert same_pixels(sent, checked.content)


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_picture_still_says_which_way_is_up(orientation: int):
    checked = check("a.jpg", a_jpg(orientation=orientation))
    must_say_nothing(checked)
    with Image.open(io.BytesIO(checked.content)) as picture:
        assert picture.getexif()[0x0112] == orientation


def test_a_profile_of_colours_is_kept():
    profile = b"\0\0\2\0" + b"p" * 508
    checked = check("a.jpg", a_jpg(icc_profile=profile))
    with Image.open(io.BytesIO(checked.content)) as picture:
        assert picture.info["icc_profile"] == profile


def test_what_was_kept_once_is_kept_again_byte_for_byte():
    for name, sent in (("a.jpg", a_jpg(orientation=6)), ("a.png", a_png())):
        kept = check(name, sent).content
        again = check(name, kept)
        assert again.content == kept
        assert again.is_as_sent


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_a_picture_that_is_cut_off_is_refused(name: str):
    sent = a_jpg() if name == "a.jpg" else a_png()
    for share in (0.3, 0.6, 0.9):
        with pytest.raises(AnswerRefused, match="damaged"):
            check(name, sent[: int(len(sent) * share) - len(BEHIND) - 22])


def test_a_second_picture_behind_the_first_is_not_kept():
    first, second = a_jpg(), a_jpg("L")
    kept = check("a.jpg", first + second).content
    assert kept.count(b"\xff\xd8\xff") == 1


def test_a_png_with_an_archive_in_its_pixels_is_refused():
    archive = b"PK\x05\x06" + bytes(18)
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + a_chunk(b"IHDR", head)
    content += a_chunk(b"IDAT", zlib.compress(b"\0\0") + archive) + a_chunk(b"IEND", b"")
    with pytest.raises(AnswerRefused, match="damaged"):
        check("a.png", content)
