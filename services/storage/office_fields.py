"""Which field codes and formulas of an Office file fetch something from outside it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_FETCHING: Final = frozenset(
    {
        "DDE",
        "DDEAUTO",
        "INCLUDETEXT",
        "INCLUDEPICTURE",
        "INCLUDE",
        "IMPORT",
        "DATABASE",
        "RD",
        "LINK",
        "EMBED",
    }
)
FIELD_TAGS: Final = frozenset({"instrText", "delInstrText", "fldChar", "fldSimple"})
_FOLLOWED: Final = re.compile(r"(?:https?|mailto|tel):|#", re.IGNORECASE)
_KEYWORD: Final = re.compile(r"\s*([A-Z]+)(.*)", re.IGNORECASE | re.DOTALL)
_PLAIN_TARGET: Final = re.compile(r'"([^"]*)"|(\S+)')
_QUOTED: Final = re.compile(r'"(?:[^"]|"")*"')
_NAMED_SHEET: Final = re.compile(r"'(?:[^']|'')*'")
_CALLS: Final = re.compile(
    r"\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|IMAGE|EXEC|FOPEN)\s*\(", re.IGNORECASE
)


def is_link_to_follow(target: str) -> bool:
    """Tell whether the address is one that a reader may choose to follow: a site, an email."""
    return bool(_FOLLOWED.match(target.strip()))


def reads_other_files(formula: str) -> bool:
    """Tell whether a formula asks another program or a site: DDE is written `program|topic!item`.

    A bar stands nowhere else in a formula but in text and in the name of a sheet.
    """
    plain = _NAMED_SHEET.sub("", _QUOTED.sub("", formula))
    return "|" in plain or bool(_CALLS.search(plain))


def is_refused(code: str) -> bool:
    """Tell whether a field code fetches something, or links to what is no site and no email."""
    found = _KEYWORD.match(code)
    if found is None:
        return False
    keyword = found[1].upper()
    return keyword in _FETCHING or (
        keyword == "HYPERLINK" and not _is_harmless_link(found[2].strip())
    )


def _is_harmless_link(rest: str) -> bool:
    """Tell whether the target may be followed; a link within the file begins with a switch."""
    if not rest or re.match(r"\\[a-z]\b", rest, re.IGNORECASE):
        return True
    found = _PLAIN_TARGET.match(rest)
    return found is not None and is_link_to_follow(found[1] or found[2] or "#")


@dataclass(slots=True)
class _FieldCode:
    """A field whose code is being read: its code may be cut over many runs."""

    code: str = ""
    has_result: bool = False


@dataclass(slots=True)
class FieldCodes:
    """The field codes of one part, joined over runs and paragraphs in the order of the text."""

    stack: list[_FieldCode] = field(default_factory=list)

    def are_refused_after(self, tag: str, attributes: Mapping[str, str], text: str) -> bool:
        """Take in one element; tell whether it ends a code that is refused."""
        if tag in {"instrText", "delInstrText"}:
            return self._add(text)
        if tag == "fldChar":
            return self._mark(_named(attributes, "fldCharType"))
        return is_refused(_named(attributes, "instr"))

    def are_refused_at_the_end(self) -> bool:
        """Tell whether a field that never ended has a code that is refused."""
        return any(is_refused(one.code) for one in self.stack)

    def _add(self, text: str) -> bool:
        if not self.stack:  # a code that no field begins: it is judged by itself
            return is_refused(text)
        self.stack[-1].code += text
        return False

    def _mark(self, kind: str) -> bool:
        if kind == "begin":
            # A keyword that another field computes cannot be read, so it is not trusted.
            is_computed = bool(self.stack) and not (
                self.stack[-1].has_result or self.stack[-1].code.strip()
            )
            self.stack.append(_FieldCode())
            return is_computed
        if not self.stack:
            return False
        if kind == "separate":
            self.stack[-1].has_result = True
            return is_refused(self.stack[-1].code)
        return is_refused(self.stack.pop().code)


def _named(attributes: Mapping[str, str], name: str) -> str:
    """Return the attribute of that name, in whichever namespace it stands."""
    return next(
        (value for full, value in attributes.items() if full.rpartition("}")[2] == name), ""
    )
