"""A link as a picture to be photographed."""

import io

import segno


def png(link: str) -> bytes:
    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=8, border=3)
    return picture.getvalue()
