"""Spoils good documents, one fault at a time, and sees that each is refused for that fault."""

import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Stream

from . import standard as std
from .breaking import hanzi_pitch
from .fixture import good

MM = std.MM


@dataclass
class Ink:
    """A glyph taken out of its line, to be moved, changed or left out."""

    font: str
    size: float
    x: float
    y: float
    code: bytes
    text: str = ""


class Spoiler:
    """A document taken apart: its glyphs by page, and what the checker made of it."""

    def __init__(self, data, pages, blocks):
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.pages = pages
        self.blocks = [block for block in blocks if block.kind == "paragraph"]
        self.all_blocks = blocks
        self.inks, self.rules = [], []
        for page, seen in zip(self.pdf.pages, pages):
            inks, rules = _taken_apart(page)
            for ink, glyph in zip(inks, seen.glyphs, strict=True):
                ink.text = glyph.text
            self.inks.append(inks)
            self.rules.append(rules)

    def line(self, line):
        """The glyphs of a line."""
        return [self.inks[line.page - 1][glyph.order] for glyph in line.glyphs]

    def inner(self):
        """A justified line amid its page, with the line that follows it in its paragraph."""
        for block in self.blocks:
            for upper, lower in zip(block.lines, block.lines[1:]):
                inside = lower.page == upper.page and 8 < upper.number < 18
                if inside and std.is_hanzi(upper.text[-1]) and std.is_hanzi(lower.text[0]):
                    return upper, lower
        raise LookupError

    def find(self, text):
        """A glyph with this text in the body's size."""
        for page, inks in enumerate(self.inks):
            for ink in inks:
                if ink.text == text and abs(ink.size - std.BODY) < 0.01:
                    return ink
        raise LookupError

    def retype(self, ink, text):
        """Puts another character in a glyph's place."""
        like = self.find(text)
        ink.font, ink.code, ink.text = like.font, like.code, text

    def drop(self, inks):
        """Leaves glyphs out."""
        gone = {id(ink) for ink in inks}
        self.inks = [[ink for ink in page if id(ink) not in gone] for page in self.inks]

    def folio(self, page):
        """The glyphs of a page's number."""
        return [ink for line in self.pages[page].lines if line.role == "folio" for ink in self.line(line)]

    def bytes(self):
        """The document put together again."""
        for page, inks, rules in zip(self.pdf.pages, self.inks, self.rules):
            shown = [
                f"{ink.font} {ink.size:g} Tf 1 0 0 1 {ink.x:.4f} {ink.y:.4f} Tm <{ink.code.hex()}> Tj" for ink in inks
            ]
            page.Contents = Stream(self.pdf, rules + ("\n0 g BT\n" + "\n".join(shown) + "\nET\n").encode())
        out = io.BytesIO()
        self.pdf.save(out)
        return out.getvalue()


def _widths(font):
    found, items = {}, list(font.DescendantFonts[0].get("/W", []))
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, pikepdf.Array):
            found.update({first + index: float(width) for index, width in enumerate(second)})
        else:
            found.update(dict.fromkeys(range(first, int(second) + 1), float(items.pop(0))))
    return found, float(font.DescendantFonts[0].get("/DW", 1000))


def _taken_apart(page):
    """Returns the page's glyphs, each with its place, and the operators that draw its rules."""
    fonts = {name: _widths(font) for name, font in dict(page.Resources.get("/Font", {})).items()}
    inks, rules, font, size, x, y, drawn = [], [], None, 0.0, 0.0, 0.0, []
    for operands, operator in pikepdf.parse_content_stream(page):
        operator = str(operator)
        if operator == "Tf":
            font, size = str(operands[0]), float(operands[1])
        elif operator == "Tm":
            if [float(operand) for operand in operands[:4]] != [1, 0, 0, 1]:
                raise ValueError("a turned or scaled run")
            x, y = float(operands[4]), float(operands[5])
        elif operator in ("TJ", "Tj"):
            widths, default = fonts[font]
            for part in operands[0] if operator == "TJ" else operands:
                if not isinstance(part, pikepdf.String):
                    x -= float(part) * size / 1000
                    continue
                data = bytes(part)
                for code in (data[i : i + 2] for i in range(0, len(data), 2)):
                    inks.append(Ink(font, size, x, y, code))
                    x += widths.get(int.from_bytes(code, "big"), default) * size / 1000
        elif operator in ("re", "f", "m", "l", "S", "w", "g", "G", "h", "q", "Q", "cm"):
            drawn.append((operands, operator))
        elif operator in ("Td", "TD", "T*", "Tc", "Tw", "Tz", "Ts", "'", '"', "Do"):
            raise ValueError(f"the self-test does not know `{operator}`")
    rules = pikepdf.unparse_content_stream(drawn)
    return inks, rules


def _shift(inks, x=0.0, y=0.0):
    for ink in inks:
        ink.x, ink.y = ink.x + x, ink.y - y


def _whole(doc):
    return [ink for page in doc.inks for ink in page]


def line_right(doc):
    _shift(doc.line(doc.inner()[0]), x=1 * MM)


def line_right_slightly(doc):
    _shift(doc.line(doc.inner()[0]), x=0.25)


def line_right_to_a_mark(doc):
    """A stretched line that ends with a mark has the whole mark or half of it, nothing between."""
    for block in doc.blocks:
        for line in block.lines[:-1]:
            if line.text[-1] in std.CLOSING and hanzi_pitch(line):
                inks = doc.line(line)
                for index, ink in enumerate(inks[:-1]):
                    ink.x += 0.3 * index
                inks[-1].x = std.LEFT + std.WIDTH - 0.75 * std.CELL
                return
    raise LookupError


def line_down(doc):
    _shift(doc.line(doc.inner()[0]), y=1 * MM)


def line_down_slightly(doc):
    _shift(doc.line(doc.inner()[0]), y=0.2)


def all_down(doc):
    _shift(_whole(doc), y=2 * MM)


def margin_wide(doc):
    _shift(_whole(doc), x=1.5 * MM)


def pitch_wide(doc):
    for ink in _whole(doc):
        top = std.PAGE_HEIGHT - std.TOP
        if abs(ink.size - std.BODY) < 0.01:
            ink.y = top - (top - ink.y) * 28.95 / std.PITCH


def size_of_a_run(doc):
    for ink in doc.line(doc.inner()[0])[5:9]:
        ink.size = 16.0


def small_run(doc):
    for ink in doc.line(doc.inner()[0])[5:9]:
        ink.size = 12.0


def number_gone(doc):
    doc.drop(doc.folio(0))


def number_on_the_other_side(doc):
    _shift(doc.folio(0), x=-(std.WIDTH - 5 * std.FOLIO))


def number_lowered(doc):
    _shift(doc.folio(1), y=0.5 * MM)


def number_without_dashes(doc):
    doc.drop([ink for ink in doc.folio(0) if ink.text == "—"])


def mark_at_line_start(doc):
    doc.retype(doc.line(doc.inner()[1])[0], "。")


def opener_at_line_end(doc):
    doc.retype(doc.line(doc.inner()[0])[-1], "《")


def _break(doc, before, after):
    upper, lower = doc.inner()
    doc.retype(doc.line(upper)[-1], before)
    doc.retype(doc.line(lower)[0], after)


def dash_split(doc):
    _break(doc, "—", "—")


def number_split(doc):
    _break(doc, "1", "2")


def unit_split(doc):
    _break(doc, "4", "亿")


def counter_split(doc):
    _break(doc, "第", "3")


def line_dropped(doc):
    doc.drop(doc.line(doc.inner()[0]))


def page_not_full(doc):
    for block in doc.blocks:
        for index, line in enumerate(block.lines):
            after = block.lines[index + 1 :]
            if after and line.number == std.ROWS and line.page != after[0].page and len(after) > 2:
                doc.drop(doc.line(line))
                return
    raise LookupError


def last_line_short(doc):
    line = next(b.lines[-1] for b in doc.blocks if len(b.lines) > 2 and len(b.lines[-1].text) > 3)
    doc.drop(doc.line(line)[1:-1])


def widow(doc):
    for block in doc.blocks:
        pages = {line.page for line in block.lines}
        if len(pages) > 1:
            after = [line for line in block.lines if line.page == max(pages)]
            doc.drop([ink for line in after[1:] for ink in doc.line(line)])
            return
    raise LookupError


def orphan(doc):
    for block in doc.blocks:
        pages = {line.page for line in block.lines}
        if len(pages) > 1:
            before = [line for line in block.lines if line.page == min(pages)]
            doc.drop([ink for line in before[1:] for ink in doc.line(line)])
            return
    raise LookupError


def heading_last(doc):
    heading = next(block for block in doc.blocks if block.is_heading and block.lines[-1].number > 2)
    line = heading.lines[-1]
    below = [lower for lower in doc.pages[line.page - 1].lines if lower.role != "folio" and lower.row > line.row + 0.5]
    # What the next page begins with has to be a paragraph's start.
    for lower in doc.pages[line.page].lines:
        if any(lower is first for block in doc.all_blocks for first in block.lines[:1]):
            break
        below.append(lower)
    doc.drop([ink for lower in below for ink in doc.line(lower)])
    doc.rules[line.page - 1] = b""


def heading_face(doc):
    heading = next(block for block in doc.blocks if block.is_heading and block.level == 1)
    like = next(ink for ink in doc.line(doc.inner()[0]) if std.is_hanzi(ink.text))
    for ink in doc.line(heading.lines[0])[2:]:
        ink.font, ink.code, ink.text = like.font, like.code, like.text


def indent_gone(doc):
    block = next(b for n, b in enumerate(doc.blocks) if n > 1 and len(b.lines) > 2 and not b.level)
    _shift(doc.line(block.lines[0]), x=-std.INDENT)


def indent_narrow(doc):
    block = next(b for n, b in enumerate(doc.blocks) if n > 1 and len(b.lines) > 2 and not b.level)
    _shift(doc.line(block.lines[0]), x=-3)


def hanzi_moved(doc):
    inks = doc.line(doc.inner()[0])
    next(b for a, b, c in zip(inks, inks[1:], inks[2:]) if all(std.is_hanzi(i.text) for i in (a, b, c))).x += 0.5


def number_stretched(doc):
    for block in doc.blocks:
        for line in block.lines:
            inks = doc.line(line)
            for index, (a, b) in enumerate(zip(inks, inks[1:])):
                if a.text.isdigit() and b.text.isdigit():
                    _shift(inks[index + 1 :], x=1)
                    return
    raise LookupError


def marks_apart(doc):
    for block in doc.blocks:
        for line in block.lines:
            inks = doc.line(line)
            for index, (a, b) in enumerate(zip(inks, inks[1:])):
                if a.text == "，" and b.text in std.OPENING:
                    _shift(inks[index + 1 :], x=std.CELL / 2)
                    return
    raise LookupError


def title_aside(doc):
    line = next(line for page in doc.pages for line in page.lines if line.role == "title")
    _shift(doc.line(line), x=3 * MM)


def title_low(doc):
    for line in doc.pages[0].lines:
        if line.role == "title":
            _shift(doc.line(line), y=0.6 * std.PITCH)


def signature_aside(doc):
    block = next(block for block in doc.all_blocks if block.kind == "signature")
    _shift(doc.line(block.lines[0]), x=-std.CELL)


def order_changed(doc):
    upper, lower = doc.inner()
    inks = doc.line(upper)
    gone = {id(ink) for ink in inks}
    page = [ink for ink in doc.inks[upper.page - 1] if id(ink) not in gone]
    doc.inks[upper.page - 1] = page + inks


def off_the_page(doc):
    doc.line(doc.inner()[0])[-1].x = std.PAGE_WIDTH - 5


def red_in_rgb(doc):
    doc.rules[0] += b"\n1 0 0 rg\n"


def page_not_a4(doc):
    doc.pdf.pages[0].MediaBox = [0, 0, 612, 792]
    doc.pdf.pages[0].CropBox = [0, 0, 612, 792]


def _fonts(doc):
    return [font for font in dict(doc.pdf.pages[0].Resources.Font).values()]


def characters_unknown(doc):
    for font in _fonts(doc):
        del font["/ToUnicode"]


def font_not_embedded(doc):
    descriptor = _fonts(doc)[0].DescendantFonts[0].FontDescriptor
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


def font_whole(doc):
    _fonts(doc)[0].BaseFont = pikepdf.Name("/SimFang")


# What is spoiled, and for which rule it must be refused.
SPOILS = [
    (line_right, "flush-right"), (line_right_slightly, "flush-right"), (line_right_to_a_mark, "flush-right"),
    (line_down, "grid"), (line_down_slightly, "grid"),
    (all_down, "type-area"), (margin_wide, "flush-left"), (pitch_wide, "grid"), (size_of_a_run, "size"), (small_run, "size"),
    (number_gone, "page-number"), (number_on_the_other_side, "page-number"), (number_lowered, "page-number"),
    (number_without_dashes, "page-number"), (mark_at_line_start, "line-start"), (opener_at_line_end, "line-end"),
    (dash_split, "split"), (number_split, "split"), (unit_split, "split"), (counter_split, "split"),
    (line_dropped, "blank-line"), (page_not_full, "page-fill"), (last_line_short, "short-last-line"), (widow, "widow"),
    (orphan, "widow"), (heading_last, "keep-with-next"), (heading_face, "face"), (indent_gone, "flush-right"),
    (indent_narrow, "indent"), (hanzi_moved, "even-gaps"), (number_stretched, "even-gaps"), (marks_apart, "squeeze"),
    (title_aside, "title"), (title_low, "type-area"), (signature_aside, "signature"), (order_changed, "order"),
    (off_the_page, "off-page"), (red_in_rgb, "colour"), (page_not_a4, "page-size"), (characters_unknown, "unicode"),
    (font_not_embedded, "fonts"), (font_whole, "fonts"),
]


def self_test(files):
    """Spoils a good document and the files given; returns 1 if a spoiled one passes or a good one does not."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "good.pdf"
        own.write_bytes(good())
        for path in [own, *map(Path, files)]:
            wrong += _try_all(path, Path(folder) / "spoiled.pdf", strict=path == own)
    print(f"self-test: {'passed' if not wrong else f'{wrong} wrong'}")
    return 1 if wrong else 0


def _try_all(path, target, strict):
    from .cli import examine

    data = path.read_bytes()
    report, pages, blocks = examine(str(path))
    for finding in report.failures:
        print(f"{path.name}: {finding}")
    print(f"{path.name}: {'refused' if report.failures else 'accepted'}, as it is")
    wrong = bool(report.failures)
    before = set()
    for spoil, rule in [(None, None), *SPOILS]:
        doc = Spoiler(data, pages, blocks)
        try:
            if spoil:
                spoil(doc)
        except (LookupError, StopIteration):
            print(f"{path.name}: {spoil.__name__}: nothing to spoil")
            wrong += strict
            continue
        target.write_bytes(doc.bytes())
        failures = [finding for finding in examine(str(target))[0].failures if str(finding) not in before]
        if spoil is None:
            # Put together again the file has no ActualText, so a reader's guesses at spaces are no fault of it.
            before = {str(finding) for finding in failures}
            failures = [finding for finding in failures if finding.rule != "copied-text"]
            wrong += bool(failures) and not report.failures
            print(f"{path.name}: taken apart and put together: {'refused' if failures else 'accepted'}")
            continue
        hit = [finding for finding in failures if finding.rule == rule]
        wrong += not hit
        shown = str(hit[0]) if hit else f"NOT refused for {rule}, but for {sorted({f.rule for f in failures})}"
        print(f"{path.name}: {spoil.__name__}: {shown} ({len(failures)} in all)")
    return int(wrong)
