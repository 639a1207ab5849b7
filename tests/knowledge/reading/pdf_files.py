"""Small PDF files, made by hand: text in a Chinese font that need not be embedded, ruled tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SIZE = 12
LEFT, RIGHT = 72, 522
TOP = 720

_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    b" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000"
    b" /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4"
    b" /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /StemV 80 >> >>] >>"
)


@dataclass
class Sheet:
    """The content of one page, filled from the top."""

    drawn: list[str]
    y: float = TOP

    def text(self, line: str, x: float = LEFT, y: float | None = None, size: int = SIZE) -> None:
        at = self.y if y is None else y
        codes = line.encode("utf-16-be").hex()
        self.drawn.append(f"BT /F1 {size} Tf {x} {at} Td <{codes}> Tj ET")
        if y is None:
            self.y -= 2 * SIZE

    def table(self, rows: Sequence[Sequence[Sequence[str]]], widths: Sequence[int]) -> None:
        """Each cell is a list of printed lines."""
        edges = [LEFT + sum(widths[:at]) for at in range(len(widths) + 1)]
        for row in rows:
            height = max(map(len, row)) * SIZE * 1.5 + 6
            for at, cell in enumerate(row):
                box = f"{edges[at]} {self.y - height} {widths[at]} {height} re S"
                self.drawn.append(box)
                for down, line in enumerate(cell, 1):
                    self.text(line, edges[at] + 3, self.y - down * SIZE * 1.5)
            self.y -= height
        self.y -= 2 * SIZE


def sheet() -> Sheet:
    return Sheet([])


def pdf(sheets: Iterable[Sheet]) -> bytes:
    contents = ["\n".join(each.drawn).encode() for each in sheets]
    pages = [3 + 2 * at for at in range(len(contents))]
    kids = " ".join(f"{page} 0 R" for page in pages)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
    }
    font = 3 + 2 * len(contents)
    for page, content in zip(pages, contents, strict=True):
        objects[page] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {page + 1} 0 R"
            f" /Resources << /Font << /F1 {font} 0 R >> >> >>"
        ).encode()
        objects[page + 1] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    objects[font] = _FONT
    return _file(objects)


def _file(objects: dict[int, bytes]) -> bytes:
    written = b"%PDF-1.4\n"
    places = []
    for number in sorted(objects):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    count = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % count
    return written + head + table + trailer % (count, len(written))
