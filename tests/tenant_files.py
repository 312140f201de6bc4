"""The file of a partnership that is not founded yet, as tests write it."""

from typing import Final

ADMINISTRATOR: Final = "administrator@council.example"
UNIT: Final = "unit@partnership.example"


def tenant_file(code: str, *changes: tuple[str, str]) -> str:
    """Return the file; each change puts other words in the place of some."""
    text = _FILE.replace("CODE", code)
    for words, others in changes:
        assert words in text
        text = text.replace(words, others)
    return text


_FILE: Final = """
code = "CODE"
name = "Dale Safeguarding Children Partnership (example)"
since = 2026-01-05

[administrator]
name = "Yarrow Logbook"
email = "administrator@council.example"

[[authorities]]
name = "Dale Council (example)"

[integrated_care_board]
name = "Dale Integrated Care Board (example)"

[police]
name = "Dale Constabulary (example)"

[unit]
address = "unit@partnership.example"
telephone = "01632 960 100"
verified_by = "rang the switchboard"

[[agencies]]
name = "Dale Hospital (example)"
kind = "health"
address = "safeguarding@hospital.example"

[[agencies]]
name = "Dale Schools (example)"
kind = "education"
address = "safeguarding@schools.example"

[policy]
name = "Dale's plan"
version = "1"
retention_years = 30

[closed_days]
2026-12-29 = "Office closed"
"""
