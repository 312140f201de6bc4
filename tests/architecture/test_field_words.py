"""What the code says is said in the field's words, and in no short form that few people know."""

import re
from pathlib import Path

from services.domain.short_forms import NOT_SAID, SHORT_FORMS
from tests.architecture.test_own_words import TEMPLATES
from tests.architecture.test_rules_cited import sentences
from tests.page_words import NEVER_SHORT, NOT_THE_FIELDS

ROOT = Path(__file__).parents[2] / "services"
# What others publish in their words, sources, and names in files of others.
IN_OTHERS_WORDS = (
    "database/migrations",
    "domain/clocks/examples.py",
    "domain/clocks/published",
    "domain/clocks/versions.py",
    "domain/mailboxes.py",
    "casework/operations/prefect_pages.py",
)


def said_by_code() -> dict[str, list[str]]:
    """Return the sentences of each file, which are more than one word."""
    return {
        name: [said for said in sentences(one.read_text()) if " " in said]
        for one in sorted(ROOT.rglob("*.py"))
        if not (name := one.relative_to(ROOT).as_posix()).startswith(IN_OTHERS_WORDS)
    }


def test_no_text_says_what_the_field_does_not():
    said = {one.name: [re.sub(r"\{[{%#].*?[}%#]\}", "", one.read_text())] for one in TEMPLATES}
    found = {
        f"{name}: {bad}"
        for name, texts in (said | said_by_code()).items()
        for text in texts
        for bad in (*(one for one in NOT_THE_FIELDS if one in text), *NEVER_SHORT.findall(text))
    }
    assert found == set()


def test_a_short_form_is_explained_or_not_said():
    assert not NOT_SAID & SHORT_FORMS.keys()
    assert NEVER_SHORT.findall("The SPRG met.") == ["SPRG"]
