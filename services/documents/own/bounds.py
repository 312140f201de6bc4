"""What the process that fills in a template may use, and which errors say that it cannot be."""

import resource
from contextlib import suppress
from typing import Final
from zipfile import BadZipFile

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from jinja2 import TemplateError
from lxml import etree  # type: ignore[import-untyped]  # it ships no types

SECONDS: Final = 10
MEMORY: Final = 1024 * 1024 * 1024
NOT_TO_BE_FILLED_IN: Final = (
    TemplateError,
    PythonDocxError,
    OpcError,
    BadZipFile,
    etree.LxmlError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
)


def limit() -> None:
    """Hold this process to its limits, where the machine can."""
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
