"""A picture that a telephone reads, drawn in the page itself: no other address is asked for it."""

import io

import segno
from markupsafe import Markup


def qr_picture(text: str) -> Markup:
    """Return the text as a QR picture in SVG, black on white, for the page to hold."""
    drawn = io.BytesIO()
    picture = segno.make(text, error="m", micro=False)
    picture.save(
        drawn, kind="svg", scale=4, xmldecl=False, svgns=True, light="#fff", omitsize=False
    )
    return Markup(drawn.getvalue().decode())  # noqa: S704 -- drawn by us, and holds no text
