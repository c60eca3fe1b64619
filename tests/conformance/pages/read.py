"""Reads a PDF with two readers: pdfminer gives the glyphs, pdfium their ink."""

import ctypes
import io
from collections import defaultdict
from dataclasses import dataclass, field

import pdfplumber
import pikepdf
import pypdfium2
from pypdfium2 import raw

from . import standard as std

# Glyphs whose baselines are nearer than this stand on one line.
SAME_LINE = 6.0


@dataclass
class Glyph:
    """A glyph: its origin from the page's top left corner, and its ink as (left, top, right, bottom)."""

    text: str
    x: float
    y: float
    size: float
    advance: float
    font: str
    order: int
    upright: bool
    red: bool = False
    ink: tuple = None
    other_text: str = None

    @property
    def cell_left(self):
        """The left edge of the glyph's own cell, the advance being centred in it."""
        return self.x - self.advance * (std.CELL_PER_EM - 1) / 2

    @property
    def cell_right(self):
        """The right edge of the glyph's own cell."""
        return self.cell_left + self.advance * std.CELL_PER_EM


@dataclass
class Line:
    """Glyphs on one baseline, from left to right."""

    page: int
    glyphs: list
    role: str = ""
    row: float = 0.0

    @property
    def text(self):
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def y(self):
        return sorted(glyph.y for glyph in self.glyphs)[len(self.glyphs) // 2]

    @property
    def left(self):
        return self.glyphs[0].x

    @property
    def right(self):
        return self.glyphs[-1].x + self.glyphs[-1].advance

    @property
    def number(self):
        """The line's number on its page, from 1."""
        return round(self.row) + 1

    @property
    def short(self):
        """The line's text, cut for a message."""
        text = self.text
        return text if len(text) <= 16 else f"{text[:8]}…{text[-7:]}"

    def ink_middle(self):
        """The middle height of the line's hanzi; nothing if it has too few."""
        middles = sorted(
            (glyph.ink[1] + glyph.ink[3]) / 2
            for glyph in self.glyphs
            if glyph.ink and std.is_hanzi(glyph.text) and glyph.text not in "一二"
        )
        return middles[len(middles) // 2] if len(middles) >= 4 else None


@dataclass
class Page:
    """A page: its boxes, its lines from top to bottom, and its rules and pictures as (left, top, right,
    bottom)."""

    number: int
    width: float
    height: float
    boxes: dict
    glyphs: list
    rules: list
    # Logos, seals and 签名章 as (left, top, right, bottom).
    pictures: list
    lines: list = field(default_factory=list)
    # The red rules of 版头, which are among the rules as well.
    red_rules: list = field(default_factory=list)
    # The marks of its figures, by their numbers in the content.
    figures: set = field(default_factory=set)
    # The text outside of figures as it is written: the lettering of a drawing stands anywhere.
    written: str = ""
    # What pdfium copies out of it, line by line.
    copied: list = field(default_factory=list)


def read(path):
    """Returns the pages of a file."""
    pages = []
    bare = pypdfium2.PdfDocument(_unmarked(path))
    figures = _figures(path)
    undrawn = _undrawn(path, figures)
    document = pypdfium2.PdfDocument(undrawn)
    with pdfplumber.open(path) as pdf, pdfplumber.open(io.BytesIO(undrawn)) as texts:
        for index, page in enumerate(pdf.pages):
            # pdfplumber measures down from the media box's top, so its boxes are (left, top, right, bottom).
            glyphs = [_glyph(char, order, page) for order, char in enumerate(page.chars)]
            _add_ink(glyphs, bare[index], float(page.height))
            rules = [
                (item["x0"], item["top"], item["x1"], item["bottom"])
                for item in page.rects + page.lines + page.curves
            ]
            boxes = {"media": tuple(page.mediabox), "crop": tuple(page.cropbox)}
            pictures = [tuple(float(it[side]) for side in ("x0", "top", "x1", "bottom")) for it in page.images]
            found = Page(index + 1, float(page.width), float(page.height), boxes, glyphs, rules, pictures)
            found.red_rules = [
                (item["x0"], item["top"], item["x1"], item["bottom"])
                for item in page.rects + page.lines + page.curves
                if std.is_red(item.get("non_stroking_color")) and item["x1"] - item["x0"] > std.WIDTH / 2
            ]
            found.figures = figures[index]
            found.written = "".join(char["text"] for char in texts.pages[index].chars if char["text"].strip())
            found.lines = _lines(found)
            if index == 0:
                _find_head(found)
            _find_posts(found)
            found.copied = document[index].get_textpage().get_text_range().split("\r\n")
            pages.append(found)
            page.close()
    return pages


def _figures(path):
    """The numbers of the marked content that the structure tree has below a Figure, page by page."""
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        found = [set() for _ in pages]
        waiting = [(pdf.Root.get("/StructTreeRoot"), None, False)]
        while waiting:
            element, page, inside = waiting.pop()
            if isinstance(element, pikepdf.Array):
                waiting.extend((kid, page, inside) for kid in element)
            elif isinstance(element, pikepdf.Dictionary):
                inside = inside or element.get("/S") == "/Figure"
                page = element.get("/Pg", page)
                kid = element.get("/MCID") if "/MCID" in element else element.get("/K")
                waiting.append((kid, page, inside))
            elif element is not None and inside and page is not None:
                found[pages[page.objgen]].add(int(element))
    return found


def _unmarked(path):
    """The file without marked content: for a run with ActualText, pdfium tells no places of glyphs."""
    return _kept(path, lambda _, operator, __: operator not in ("BDC", "BMC", "EMC"))


def _undrawn(path, figures):
    """The file without what its figures show."""
    return _kept(path, lambda page, operator, marks: not figures[page] & set(marks))


def _kept(path, keeps):
    """The file with the operators alone that are kept, by their page and the numbers of the marks that they are in."""
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages):
            kept, marks = [], []
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                if operator in ("BDC", "BMC"):
                    marks.append(mark(instruction.operands))
                if keeps(number, operator, marks):
                    kept.append(instruction)
                if operator == "EMC":
                    marks.pop()
            page.Contents = pikepdf.Stream(pdf, pikepdf.unparse_content_stream(kept))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def mark(operands):
    """The number of marked content that begins with these operands, if it has one."""
    known = len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
    return int(operands[1]["/MCID"]) if known else None


def _glyph(char, order, page):
    a, b, _, d, x, y = char["matrix"]
    return Glyph(
        text=char["text"],
        x=x,
        y=float(page.height) - y,
        size=abs(char["size"]),
        advance=char["x1"] - char["x0"],
        font=char["fontname"],
        order=order,
        upright=abs(b) < 1e-6 and a > 0 and d > 0,
        red=std.is_red(char.get("non_stroking_color")),
    )


def _add_ink(glyphs, page, height):
    """Finds for each glyph what pdfium sees at its origin."""
    text_page = page.get_textpage()
    seen = defaultdict(list)
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(raw.FPDFText_CountChars(text_page)):
        if raw.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        seen[round(x.value), round(height - y.value)].append((x.value, height - y.value, index))
    for glyph in glyphs:
        near = [
            found
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for found in seen.get((round(glyph.x) + dx, round(glyph.y) + dy), ())
            if abs(found[0] - glyph.x) < 0.05 and abs(found[1] - glyph.y) < 0.05
        ]
        if not near:
            continue
        index = near[0][2]
        left, bottom, right, top = text_page.get_charbox(index)
        glyph.ink = (left, height - top, right, height - bottom)
        glyph.other_text = chr(raw.FPDFText_GetUnicode(text_page, index))
    text_page.close()


def _find_head(page):
    """Takes 版头 out of the text: it is measured by the audit, not here."""
    if not any(line.glyphs[0].red for line in page.lines):
        return
    upper = [rule for rule in page.red_rules if rule[1] < page.height * 0.7]
    foot = max((rule[3] for rule in upper), default=0)
    for line in page.lines:
        if not (line.y < foot or line.glyphs[0].red or std.HEAD.fullmatch(line.text)):
            break
        line.role = "head"


def _find_posts(page):
    """Takes 职务 beside a 签名章 out of the text: it stands at the stamp's height and on no line."""
    for line in page.lines:
        for left, top, _, bottom in page.pictures:
            if bottom - top < std.SEAL and top < line.y < bottom and line.right < left:
                line.role = "head"


def _lines(page):
    lines, current = [], []
    for glyph in sorted((g for g in page.glyphs if g.text.strip()), key=lambda g: g.y):
        if current and glyph.y - current[-1].y > SAME_LINE:
            lines.append(current)
            current = []
        current.append(glyph)
    if current:
        lines.append(current)
    found = []
    for glyphs in lines:
        line = Line(page.number, sorted(glyphs, key=lambda g: g.x))
        line.role = _role(line)
        line.row = (line.y - std.TOP - std.BODY * 0.8) / std.PITCH
        found.append(line)
    return found


def _role(line):
    """What a line is, from its size and place: text, title, folio, imprint or small (a table's)."""
    sizes = sorted(glyph.size for glyph in line.glyphs)
    size = sizes[len(sizes) // 2]
    if line.y > std.BOTTOM + 10:
        return "folio"
    if not all(glyph.upright for glyph in line.glyphs):
        return "small"
    if size < std.FOLIO - 0.3:
        return "small"
    if abs(size - std.FOLIO) <= 0.3:
        return "imprint"
    if size < 19:
        return "text"
    return "title"
