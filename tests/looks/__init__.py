"""How pages look to people who cannot see them well, or cannot hit a small target: axe in Chromium.

`./keyline check pages` looks at every page that the journeys saw, at two widths; the test in
`tests/web/test_one_page_a_template.py` looks at one page of each template.
"""
