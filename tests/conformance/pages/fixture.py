"""Writes a good document of its own: what the self-test spoils does not come from the program under test."""

import io
from pathlib import Path

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

from . import standard as std

FONTS = Path(__file__).resolve().parents[3] / "fonts"
FACES = {
    "title": "NotoSerifSC-SemiBold.ttf",
    "song": "NotoSerifSC-Regular.ttf",
    "body": "FandolFang-Regular.otf",
    "hei": "NotoSansSC-Medium.ttf",
    "kai": "FandolKai-Regular.otf",
}
# How far above the bottom of its box a line's baseline stands, in em: hanzi fill the box from 0.12 below it.
BASELINE = 0.88

SENTENCE = (
    "全市上下深入贯彻落实上级部署，坚持稳中求进，统筹推进改革发展稳定各项工作，较好完成了全年目标任务。"
    "地区生产总值完成1234.5亿元，增长6.5%，规模以上工业增加值增长7.2%，居全省第3位。"
    "《云州市城市总体规划》获得批复，“三二一”格局进一步巩固；城乡面貌——特别是老旧小区——焕然一新，"
    "群众获得感、幸福感、安全感不断增强，社会大局保持和谐稳定，为实现既定的长远目标奠定了坚实基础。"
)


class Face:
    """A face, its glyphs in use, and their advances."""

    def __init__(self, name, text):
        options = subset.Options(glyph_names=False, notdef_outline=True, layout_features=[], hinting=False)
        self.font = TTFont(FONTS / FACES[name])
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=text)
        subsetter.subset(self.font)
        self.name = FACES[name].split(".")[0]
        self.map = self.font.getBestCmap()
        self.em = self.font["head"].unitsPerEm
        self.metrics = self.font["hmtx"].metrics

    def code(self, character):
        """The character's CID."""
        glyph = self.map[ord(character)]
        if "CFF " in self.font and hasattr(self.font["CFF "].cff.topDictIndex[0], "ROS"):
            return int(glyph[3:])
        return self.font.getGlyphID(glyph)

    def advance(self, character):
        """The character's advance in em."""
        return self.metrics[self.map[ord(character)]][0] / self.em

    def written(self, pdf):
        """The face as a font of a PDF."""
        buffer = io.BytesIO()
        self.font.save(buffer)
        base = Name("/ABCDEF+" + self.name)
        compact = "CFF " in self.font
        data = self.font.reader["CFF "] if compact else buffer.getvalue()
        if compact:
            data = TTFont(io.BytesIO(buffer.getvalue())).reader["CFF "]
        program = Stream(pdf, data, {"/Subtype": Name("/CIDFontType0C")} if compact else {"/Length1": len(data)})
        codes = {self.code(chr(point)): chr(point) for point in self.map}
        widths = Array([])
        for code, character in sorted(codes.items()):
            widths.extend([code, Array([round(self.advance(character) * 1000)])])
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=base, Flags=4, FontBBox=[0, -120, 1000, 880], ItalicAngle=0,
            Ascent=880, Descent=-120, CapHeight=700, StemV=80,
        )
        descriptor["/FontFile3" if compact else "/FontFile2"] = pdf.make_indirect(program)
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name("/CIDFontType0" if compact else "/CIDFontType2"), BaseFont=base,
            CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor), W=widths, DW=1000,
        )
        if not compact:
            descendant["/CIDToGIDMap"] = Name.Identity
        return pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=base, Encoding=Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(descendant)], ToUnicode=pdf.make_indirect(Stream(pdf, _to_unicode(codes))),
        ))


def _to_unicode(codes):
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    items = sorted(codes.items())
    for start in range(0, len(items), 100):
        part = items[start : start + 100]
        lines.append(f"{len(part)} beginbfchar")
        lines += [f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>" for code, character in part]
        lines.append("endbfchar")
    lines.append("endcmap end end")
    return "\n".join(lines).encode()


def tokens(text):
    """Cuts text into what may not be parted: a number with its unit, openers, a character and its closers."""
    found, glue = [], False
    for index, character in enumerate(text):
        before = text[index - 1] if index else ""
        joined = glue or (found and (character in std.NOT_AT_START or _number(before, character)))
        if joined:
            found[-1] += character
        else:
            found.append(character)
        glue = character in std.NOT_AT_END
    return found


def _number(before, character):
    digits = "0123456789."
    counted = before in digits and character in "亿年月日位个" or before == "亿" and character == "元"
    return before != "" and (before in digits and character in digits or counted or before == "第" and character in digits)


def width(text):
    """A text's natural width in cells."""
    cells = 0.0
    for before, character in zip(" " + text, text):
        cells += 0.5 if character in "0123456789" else {"%": 0.833, ".": 0.278}.get(character, 1.0)
        if before in std.CLOSING and character in std.CLOSING | std.OPENING:
            cells -= 0.5
    return cells


def broken(text, columns=std.COLUMNS):
    """Breaks a paragraph, two cells in, into lines as full as may be."""
    lines, line, room = [], "", columns - 2
    for token in tokens(text):
        fits = line + token
        trimmed = width(fits) - (0.5 if fits[-1] in std.CLOSING else 0) - (0.5 if fits[0] in std.OPENING and lines else 0)
        if trimmed > room:
            lines.append(line)
            line, room = token, columns
        else:
            line = fits
    return [*lines, line]


class Sheet:
    """The pages of the good document while they are written."""

    def __init__(self):
        every = set("".join(c for c in SENTENCE + "一二三四五六七八九十、（）旗帜鲜明讲政治经济运行指标单位实绩亿元州云市人民府年月日工作总结和谋划—0123456789.%"))
        self.faces = {name: Face(name, "".join(every)) for name in FACES}
        self.pages = [[]]
        self.row = 0

    def show(self, face, size, x, y, text, places):
        """Writes a run; places are the glyphs' left edges from x."""
        face_ = self.faces[face]
        parts = [f"/{face} {size:g} Tf 1 0 0 1 {x:.4f} {std.PAGE_HEIGHT - y:.4f} Tm ["]
        end = 0.0
        for character, place in zip(text, places):
            shift = (end - place) * 1000 / size
            parts.append(f"{shift:.4f} <{face_.code(character):04X}>")
            end = place + round(face_.advance(character) * 1000) / 1000 * size
        self.pages[-1].append(" ".join(parts) + "] TJ")

    def line(self, text, start, runs=None, justified=False):
        """Sets a line of the grid, its gaps between hanzi stretched if it is to be justified."""
        if self.row == std.ROWS:
            self.new_page()
        y = std.TOP + self.row * std.PITCH + std.BODY * BASELINE
        room = std.COLUMNS - start
        half_start = bool(start == 0 and text[0] in std.OPENING)
        half_end = justified and text[-1] in std.CLOSING and width(text) - half_start / 2 > room
        natural = width(text) - half_start / 2 - half_end / 2
        gaps = sum(std.is_hanzi(a) and std.is_hanzi(b) for a, b in zip(text, text[1:]))
        stretch = (room - natural) / gaps if justified else 0.0
        face = runs or "body"
        x, places, before = -0.5 * half_start, [], ""
        for index, character in enumerate(text):
            if before in std.CLOSING and character in std.CLOSING | std.OPENING and before:
                x -= 0.5
            if std.is_hanzi(before) and std.is_hanzi(character):
                x += stretch
            cells = 0.5 if character in "0123456789" else {"%": 0.833, ".": 0.278}.get(character, 1.0)
            own = self.faces[face].advance(character) * std.BODY
            places.append(x * std.CELL + own * (std.CELL_PER_EM - 1) / 2)
            x, before = x + cells, character
        left = std.LEFT + start * std.CELL
        self.show(face, std.BODY, left, y, text, places)
        self.row += 1

    def paragraph(self, text):
        """Sets a paragraph; keeps its ends in company at a page's edge."""
        lines = broken(text)
        for index, line in enumerate(lines):
            left = len(lines) - index
            room = std.ROWS - self.row
            if room == 1 and left > 1 and (index == 0 or left == 2):
                self.new_page()
            self.line(line, 0 if index else 2, justified=index < len(lines) - 1)

    def new_page(self):
        """Begins a page."""
        self.pages.append([])
        self.row = 0

    def title(self, text, row):
        """Sets a line of the title."""
        x = std.LEFT + (std.WIDTH - len(text) * std.TITLE) / 2
        y = std.TOP + row * std.PITCH * 1.2 + std.TITLE * BASELINE
        self.show("title", std.TITLE, x, y, text, [index * std.TITLE for index in range(len(text))])

    def folios(self):
        """Sets the page numbers."""
        face = self.faces["song"]
        upper = face.font["glyf"][face.map[ord("—")]].yMax / face.em
        for number, page in enumerate(self.pages, 1):
            digits = str(number)
            wide = [face.advance(digit) * std.FOLIO for digit in digits]
            total = 2 * std.FOLIO + std.FOLIO + sum(wide)
            start = std.LEFT + std.FOLIO if number % 2 == 0 else std.LEFT + std.WIDTH - std.FOLIO - total
            inset = (std.FOLIO - face.advance("—") * std.FOLIO) / 2
            places = [inset] + [std.FOLIO * 1.5 + sum(wide[:i]) for i in range(len(wide))] + [total - std.FOLIO + inset]
            current, self.pages[-1] = self.pages[-1], page
            self.show("song", std.FOLIO, start, std.BOTTOM + 7 * std.MM + upper * std.FOLIO, f"—{digits}—", places)
            self.pages[-1] = current


def good():
    """Returns the good document as bytes."""
    sheet = Sheet()
    sheet.title("云州市人民政府", 0)
    sheet.title("工作总结和工作谋划", 1)
    sheet.row = 4
    for number in "一二三":
        while sheet.row > std.ROWS - 3:
            sheet.paragraph(SENTENCE)
        sheet.line(f"{number}、旗帜鲜明讲政治", 2, "hei")
        sheet.paragraph(SENTENCE)
        sheet.paragraph(SENTENCE * 2)
    while sheet.row > std.ROWS - 14:
        sheet.paragraph(SENTENCE)
    y = std.TOP + (sheet.row + 1) * std.PITCH
    for row, text in enumerate(("指标单位实绩", "工业亿元8.5")):
        sheet.show("song", 12, std.LEFT + 100, y + row * 16, text, [12.0 * i for i in range(len(text))])
    sheet.pages[-1].append(f"{std.LEFT:.4f} {std.PAGE_HEIGHT - y - 20:.4f} {std.WIDTH:.4f} 0.5 re f")
    sheet.row += 3
    sheet.paragraph(SENTENCE)
    sheet.row += 1
    sheet.line("云州市人民政府", std.COLUMNS - 9)
    sheet.line("2026年1月5日", std.COLUMNS - 7)
    sheet.folios()
    pdf = pikepdf.new()
    resources = pdf.make_indirect(Dictionary(Font=Dictionary({f"/{n}": f.written(pdf) for n, f in sheet.faces.items()})))
    for operators in sheet.pages:
        body = "\n".join(f"BT {o} ET" if o.endswith("TJ") else o for o in operators)
        pdf.add_blank_page(page_size=(std.PAGE_WIDTH, std.PAGE_HEIGHT))
        page = pdf.pages[-1]
        page.Resources = resources
        page.Contents = Stream(pdf, f"0 g\n{body}\n".encode())
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
