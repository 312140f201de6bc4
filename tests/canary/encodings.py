"""The encodings in which leaks are planted: the positive control of the scan."""

import base64
import gzip
import io
import json
import pickle
import quopri
import textwrap
import zipfile
import zlib
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

Encoding = Callable[[str], bytes]
AROUND: Final = "Said of {} by a neighbour, é, at the door."


def _said(secret: str) -> str:
    return AROUND.format(secret)


def _aligned(shift: int) -> Encoding:
    return lambda secret: base64.b64encode(b"-" * shift + _said(secret).encode())


def _escaped(secret: str) -> bytes:
    return "".join(f"\\u{ord(letter):04x}" for letter in secret).encode()


def _entities(secret: str) -> bytes:
    return "".join(f"&#x{ord(letter):x};" for letter in secret).encode()


def _percent(secret: str) -> bytes:
    return "".join(f"%{ord(letter):02X}" for letter in secret).encode()


def _octal(secret: str) -> bytes:
    return "".join(f"\\{ord(letter):03o}" for letter in secret).encode()


def _wrapped(secret: str) -> bytes:
    letters = base64.b64encode(("x" * 60 + _said(secret)).encode()).decode()
    return "\r\n".join(textwrap.wrap(letters, 76)).encode()


def _zipped(**members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in members.items():
            archive.writestr(name, words)
    return made.getvalue()


def _word(secret: str) -> bytes:
    comment = f"<w:comments><w:comment><w:t>{secret}</w:t></w:comment></w:comments>"
    return _zipped(**{"[Content_Types].xml": "<Types/>", "word/comments.xml": comment})


def _pdf_stream(secret: str) -> bytes:
    packed = zlib.compress(_said(secret).encode())
    return b"%PDF-1.7\n1 0 obj\n<</Length 9>>stream\n" + packed + b"\nendstream\nendobj\n%%EOF"


ENCODINGS: Final[dict[str, Encoding]] = {
    "as it is": lambda secret: _said(secret).encode(),
    "capitals": lambda secret: _said(secret).upper().encode(),
    "JSON": lambda secret: json.dumps({"said": _said(secret)}).encode(),
    "JSON escapes": _escaped,
    "URL": lambda secret: quote(_said(secret)).encode(),
    "URL escapes": _percent,
    "HTML entities": _entities,
    "base64, first alignment": _aligned(0),
    "base64, second alignment": _aligned(1),
    "base64, third alignment": _aligned(2),
    "base64url": lambda secret: base64.urlsafe_b64encode(f"?>{_said(secret)}".encode()),
    "hex": lambda secret: _said(secret).encode().hex().encode(),
    "quoted-printable": lambda secret: quopri.encodestring(("x" * 70 + _said(secret)).encode()),
    "UTF-16LE": lambda secret: _said(secret).encode("utf-16-le"),
    "UTF-16BE": lambda secret: _said(secret).encode("utf-16-be"),
    "base64 of a pickle": lambda secret: base64.b64encode(pickle.dumps({"told": secret})),
    "gzip": lambda secret: gzip.compress(_said(secret).encode()),
    "zip": lambda secret: _zipped(a=_said(secret) * 3),
    "docx": _word,
    "PDF stream": _pdf_stream,
    "SQL bytea, hex": lambda secret: b"\\x" + _said(secret).encode().hex().encode(),
    "SQL bytea, escape": _octal,
    "base64, wrapped at 76": _wrapped,
    "hex of gzip of UTF-16": lambda secret: (
        gzip.compress(_said(secret).encode("utf-16-le")).hex().encode()
    ),
}
