"""Names of practitioners are found by the title or the post before them (LC-34)."""

import pytest

from services.domain.record_checks.titled_names import titled_names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dr Patel (GP) rang; SW Jones came.", ("Dr Patel", "SW Jones")),
        ("HV Jane Doe and DC 1234 O'Neill met.", ("HV Jane Doe", "DC 1234 O'Neill")),
        ("The social worker Ann Grey saw Mrs. Hill-Smith.", None),
        ("The social worker Monday rota; the health visitor team; GP Practice; Dr said.", ()),
    ],
)
def test_a_name_is_found_after_a_title_or_a_post(text, found):
    """LC-34: also of who was never registered; a role, a day or a team is no name."""
    usual = ("social worker Ann Grey", "Mrs. Hill-Smith")
    assert titled_names(text) == (usual if found is None else found)
