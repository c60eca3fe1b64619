"""Infers blocks from lines: titles, paragraphs with their headings, tables, the signature."""

import re
from collections import Counter
from dataclasses import dataclass, field

from . import standard as std

# How far a line may stand from where it belongs and still be taken for what it is.
NEAR = 8.0
# How the lines of those present begin in minutes.
ROSTER = ("出席：", "请假：", "列席：")
# What an attachment's first page begins with.
ATTACHMENT = re.compile("^附件[0-9]*$")


@dataclass
class Block:
    """Lines that belong together.

    The kind is `title`, `byline`, `paragraph`, `flush` (主送机关, 附件), `roster`, `table`, `signature` or
    `apart`.
    """

    kind: str
    lines: list = field(default_factory=list)
    level: int = 0
    # The lines on which a heading's text stands; all lines of the block if it is nothing but a heading.
    heading_lines: int = 0
    run_in: bool = False
    # Whether there is a seal or a 签名章, or room for one: the date ends four cells from the edge.
    sealed: bool = False

    @property
    def text(self):
        return "".join(line.text for line in self.lines)

    @property
    def is_heading(self):
        return self.level > 0 and not self.run_in


def starts_at(line):
    """Where a line of text starts: `flush`, `indent` or `free`."""
    first = line.glyphs[0]
    offset = first.cell_left - std.LEFT
    if first.text in std.OPENING and abs(offset + std.CELL / 2) < NEAR - 2:
        return "flush"
    if abs(offset) < NEAR:
        return "flush"
    if abs(offset - std.INDENT) < NEAR:
        return "indent"
    return "free"


def is_centred(line):
    """Tells whether a line's middle is the type area's."""
    middle = (line.left + line.right) / 2
    return abs(middle - std.LEFT - std.WIDTH / 2) < 1.0


def body_font(pages):
    """The font that sets most hanzi of the text."""
    fonts = Counter(
        glyph.font
        for page in pages
        for line in page.lines
        if line.role == "text"
        for glyph in line.glyphs
        if std.is_hanzi(glyph.text)
    )
    return fonts.most_common(1)[0][0] if fonts else ""


def blocks(pages):
    """Returns the blocks of a document, in the order of its pages."""
    lines = [line for page in pages for line in page.lines if line.role not in ("folio", "head")]
    sealed = {page.number: page.pictures for page in pages if page.pictures}
    signed = _signature_lines(lines, sealed)
    found = []
    seen_text = False
    for index, line in enumerate(lines):
        last = found[-1] if found else None
        kind = _kind(line, last, id(line) in signed, seen_text)
        seen_text = seen_text or kind in ("paragraph", "flush")
        if line.role == "title":
            seen_text = False
        if last and _continues(kind, last, line):
            last.lines.append(line)
        else:
            found.append(Block("paragraph" if kind == "continuation" else kind, [line]))
    common = body_font(pages)
    for block in found:
        if block.kind == "signature":
            date = block.lines[-1]
            inset = std.LEFT + std.WIDTH - date.glyphs[-1].cell_right
            block.sealed = date.page in sealed or abs(inset - 4 * std.CELL) < 1.0
        if block.kind in ("paragraph", "flush"):
            _find_heading(block, common)
    return found


def _signature_lines(lines, sealed):
    """The lines of 署名 and 成文日期: a date alone on its line, and what stands right above it."""
    found = set()
    for index, line in enumerate(lines):
        if line.role != "text" or not std.DATE.match(line.text) or is_centred(line):
            continue
        if line.left < std.LEFT + 5 * std.CELL:
            continue
        found.add(id(line))
        above = index - 1
        while above >= 0:
            upper, lower = lines[above], lines[above + 1]
            # Between rows of seals there is room for them.
            pressed = any(top < upper.y < bottom for _, top, _, bottom in sealed.get(upper.page, ()))
            close = upper.page == lower.page and (pressed or lower.row - upper.row < 1.5)
            if not close or upper.role != "text" or starts_at(upper) != "free":
                break
            found.add(id(upper))
            above -= 1
    return found


def _kind(line, last, signed, seen_text):
    if line.role in ("small", "imprint"):
        return "table"
    if line.role == "title":
        return "title"
    if signed:
        return "signature"
    # 题下 that begins with a dash may be as long as a line.
    if line.text.startswith("——") and last and last.kind in ("title", "byline") and not seen_text and is_centred(line):
        return "byline"
    start = starts_at(line)
    if line.text.startswith(ROSTER) or (start == "free" and last and last.kind == "roster"):
        return "roster"
    if start == "free" or (not seen_text and start == "indent"):
        if last and last.kind in ("title", "byline") and not seen_text and is_centred(line):
            return "byline"
    if start == "free":
        return "apart"
    if start == "indent":
        return "paragraph"
    if round(line.row) == 0 and ATTACHMENT.match(line.text):
        return "flush"
    return "continuation" if last and last.kind in ("paragraph", "flush") else "flush"


def _continues(kind, last, line):
    if kind == "continuation":
        return True
    if kind == "title":
        return last.kind == "title" and last.lines[-1].page == line.page
    return kind == last.kind and kind in ("byline", "table", "signature", "apart", "roster")


def _find_heading(block, common):
    """Finds a heading by its number and by a face that is not the body's."""
    text = block.text
    level = 1 if std.LEVEL_1.match(text) else 2 if std.LEVEL_2.match(text) or _is_kai(block) else 0
    other = 0
    for number, line in enumerate(block.lines, 1):
        for glyph in line.glyphs:
            if std.is_hanzi(glyph.text) and glyph.font == common:
                # The block's first hanzi in the body's face: what is before it is the heading.
                if other >= 2:
                    block.level, block.run_in = level, True
                elif len(block.lines) <= 2:
                    _set_level(block, 0)
                return
            if std.is_hanzi(glyph.text):
                other += 1
                block.heading_lines = number
    _set_level(block, level)


def _is_kai(block):
    """A heading of level 2 that is the only one under its own has no number: its face tells it."""
    first = next((glyph for line in block.lines for glyph in line.glyphs if std.is_hanzi(glyph.text)), None)
    return first is not None and std.FACES["楷体"].search(first.font) is not None


def _set_level(block, level):
    """A level 3 or 4 heading is in the body's face: its number and the lack of a final mark tell it."""
    if not level and std.LEVEL_3_4.match(block.text) and block.text[-1] not in std.PUNCTUATION:
        level = 3
    block.level = level
    block.heading_lines = len(block.lines)
