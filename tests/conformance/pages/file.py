"""Checks what is in the file besides places: characters, fonts, colours."""

import re
import unicodedata
from difflib import SequenceMatcher

import pikepdf

from . import standard as std
from .read import mark

SUBSET = re.compile("^[A-Z]{6}[+]")
# A space beside a hanzi or a full-width mark, where none is ever set.
ADDED_SPACE = re.compile(r"(?<=[\u3001-\u9fff\uff01-\uff5e]) +(?=[\u3001-\u9fff\uff01-\uff5e0-9A-Za-z])")
RED = (0.0, 0.8, 0.8, 0.0)


def check(path, pages, report):
    """Checks characters, fonts and colours."""
    for page in pages:
        characters(page, report)
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            fonts(page, number, report)
            for stream in [page, *_forms(page)]:
                colours(stream, number, pages[number - 1].figures, report)


def characters(page, report):
    """Every glyph has its character, and both readers see the same one."""
    for glyph in page.glyphs:
        report.count("unicode")
        text = glyph.text
        wrong = (
            text.startswith("(cid:") or text in ("", "\ufffd") or not text.isprintable() and not text.isspace()
            or any(unicodedata.category(c) in ("Co", "Cn", "Cc", "Cs") for c in text)
        )
        if wrong:
            report.fail("unicode", page.number, None, f"a glyph of {glyph.font} at {glyph.x:.1f}, {glyph.y:.1f} pt reads {text!r}")
        if glyph.other_text is not None:
            report.count("readers-agree")
            if glyph.other_text != text[:1] and glyph.other_text.isprintable():
                report.fail("readers-agree", page.number, None, f"pdfminer reads {text!r}, pdfium {glyph.other_text!r}")
    spaces = [line for line in page.lines if line.role == "text" and any(g.text.isspace() for g in line.glyphs)]
    unseen = [g for g in page.glyphs if g.ink is None and g.text.strip() and g.upright]
    if unseen and len(unseen) > len(page.glyphs) // 100:
        report.fail("readers-agree", page.number, None, f"pdfium does not see {len(unseen)} of {len(page.glyphs)} glyphs")
    for line in spaces:
        report.note("copied-text", page.number, line.number, f"a space is set in `{line.short}`")
    copied(page, report)
    ordered = sorted(page.glyphs, key=lambda glyph: glyph.order)
    for before, glyph, after in zip(ordered, ordered[1:], ordered[2:]):
        report.count("copied-text")
        if glyph.text.isspace() and std.is_hanzi(before.text) and std.is_hanzi(after.text) and glyph.size == std.BODY:
            report.note("copied-text", page.number, None, f"a space between hanzi: `{before.text} {after.text}`")


def copied(page, report):
    """What a reader copies out is what was set: nothing lost, nothing added, in order."""
    written = page.written
    seen = "".join("".join(page.copied).split())
    report.count("readers-agree")
    if written != seen:
        for kind, a, b, c, d in SequenceMatcher(None, written, seen, autojunk=False).get_opcodes():
            if kind != "equal":
                report.fail("readers-agree", page.number, None, f"set `{written[max(0, a - 4):b]}`, copied `{seen[max(0, c - 4):d]}`")
    # A space between the cells of a table is welcome.
    body = {line.text: line for line in page.lines if line.role in ("text", "title")}
    for line in page.copied:
        own = body.get("".join(line.split()))
        for match in ADDED_SPACE.finditer(line) if own else ():
            before = own.glyphs[len("".join(line[: match.start()].split())) - 1]
            after = own.glyphs[own.glyphs.index(before) + 1]
            if after.x - before.x - before.advance > std.BODY:
                # Names beside one another, each below its seal.
                continue
            report.fail("copied-text", page.number, None, f"copied with a space: `{line[max(0, match.start() - 6):match.end() + 6]}`")


def fonts(page, number, report):
    """Every font is embedded and subset and maps to Unicode."""
    for holder in [page.obj, *_forms(page)]:
        resources = holder.get("/Resources", {})
        for name, font in dict(resources.get("/Font", {})).items():
            report.count("fonts")
            base = str(font.get("/BaseFont", "/"))[1:]
            descendants = font.get("/DescendantFonts")
            descriptor = (descendants[0] if descendants else font).get("/FontDescriptor", {})
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                report.fail("fonts", number, None, f"{name} {base} is not embedded")
            if not SUBSET.match(base):
                report.fail("fonts", number, None, f"{name} {base} is not a subset")
            if "/ToUnicode" not in font:
                report.fail("fonts", number, None, f"{name} {base} has no ToUnicode map")


def _forms(page):
    objects = page.get("/Resources", {}).get("/XObject", {})
    return [item for item in dict(objects).values() if item.get("/Subtype") == "/Form"]


def colours(stream, number, figures, report):
    """Black is gray 0, red is CMYK Y80 M80, a drawing has other grays; there is no other colour."""
    marks = []
    for operands, operator in pikepdf.parse_content_stream(stream):
        operator = str(operator)
        if operator in ("BDC", "BMC"):
            marks.append(mark(operands) in figures)
        elif operator == "EMC":
            marks.pop()
        if operator in ("g", "G"):
            wrong = float(operands[0]) != 0.0 and not any(marks)
        elif operator in ("k", "K"):
            wrong = any(abs(float(a) - b) > 0.001 for a, b in zip(operands, RED))
        elif operator in ("rg", "RG", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "BI"):
            wrong = True
        else:
            continue
        report.count("colour")
        if wrong:
            values = " ".join(str(operand) for operand in operands)
            report.fail("colour", number, None, f"`{values} {operator}`, expected `0 g` or `0 0.8 0.8 0 k`")
