"""Checks where things stand: the page, the type area, the grid, sizes, faces, page numbers."""

from collections import defaultdict

from . import standard as std
from .structure import body_font, is_centred, starts_at

MM = std.MM
# ±0.05 mm for the grid, ±1 mm for margins, ±0.3 mm for page numbers, 0.1 pt for a flush edge.
GRID, MARGIN, FOLIO, FLUSH = 0.05 * MM, 1.0 * MM, 0.3 * MM, 0.1


def check(pages, blocks, report):
    """Checks the geometry of all pages."""
    for page in pages:
        page_size(page, report)
        off_page(page, report)
        sizes(page, report)
        type_area(page, report)
        order(page, report)
    grid(pages, report)
    page_numbers(pages, report)
    for block in blocks:
        faces(block, body_font(pages), report)
        if block.kind == "title":
            title(block, report)
    titles(blocks, report)
    blank_lines(blocks, report)
    page_fill(pages, blocks, report)


def page_size(page, report):
    """A4, every box of it."""
    for name, box in page.boxes.items():
        report.within("page-size", page.number, None, f"{name} box width", (box[2] - box[0]) / MM, 210, 0.01, "mm")
        report.within("page-size", page.number, None, f"{name} box height", (box[3] - box[1]) / MM, 297, 0.01, "mm")


def off_page(page, report):
    """No ink outside the page."""
    for glyph in page.glyphs:
        ink = glyph.ink or (glyph.x, glyph.y, glyph.x, glyph.y)
        report.count("off-page")
        if ink[0] < 0 or ink[1] < 0 or ink[2] > page.width or ink[3] > page.height:
            report.fail("off-page", page.number, None, f"`{glyph.text}` at {ink[0]:.1f}, {ink[1]:.1f} pt")


def sizes(page, report):
    """Body 15.75 pt, title 22 pt, page number 14 pt; a table's text is smaller than 14 pt."""
    wanted = {"text": std.BODY, "title": std.TITLE, "folio": std.FOLIO, "imprint": std.FOLIO}
    for line in page.lines:
        if line.role not in wanted:
            continue
        report.count("size", len(line.glyphs))
        wrong = [g for g in line.glyphs if abs(g.size - wanted[line.role]) > 0.01 and not std.is_note_mark(g)]
        if wrong:
            report.fail(
                "size", page.number, line.number,
                f"`{''.join(g.text for g in wrong)[:12]}` {wrong[0].size:.2f} pt, expected {wanted[line.role]:g} pt",
            )


def type_area(page, report):
    """No ink outside the type area, the page number apart; the first and last line touch its edges."""
    inside = [line for line in page.lines if line.role not in ("folio", "head")]
    for line in inside:
        inks = [g.ink for g in line.glyphs if g.ink]
        if not inks:
            continue
        edges = (
            ("left edge", min(i[0] for i in inks), std.LEFT, -1),
            ("top", min(i[1] for i in inks), std.TOP, -1),
            ("right edge", max(i[2] for i in inks), std.LEFT + std.WIDTH, 1),
            ("bottom", max(i[3] for i in inks), std.BOTTOM, 1),
        )
        for what, measured, limit, sign in edges:
            report.count("type-area")
            # The sides are tight: a line is flush to 0.1 pt, and ink does not leave its cell by more than a bit.
            slack = 1.0 if what.endswith("edge") and line.role == "text" else MARGIN
            if (measured - limit) * sign > slack:
                report.fail(
                    "type-area", page.number, line.number,
                    f"{what} of the ink {measured / MM:.2f} mm, type area {limit / MM:.2f} mm (`{line.short}`)",
                )
    for rule in page.rules + page.pictures:
        # The double rules of a letter are longer than the measure.
        if rule in page.red_rules:
            continue
        report.count("type-area")
        outside = max(std.LEFT - rule[0], rule[2] - std.LEFT - std.WIDTH, std.TOP - rule[1], rule[3] - std.BOTTOM)
        if outside > MARGIN:
            report.fail("type-area", page.number, None, f"a rule or picture stands {outside / MM:.2f} mm outside the type area")
    if not inside:
        return
    for line, what in ((inside[0], "top"), (inside[-1], "bottom")):
        middle = line.ink_middle()
        half = (std.TITLE if line.role == "title" else std.BODY) / 2
        if middle is None or line.role not in ("text", "title"):
            continue
        # A logo may stand above the first line.
        below_picture = any(picture[3] <= middle for picture in page.pictures)
        if what == "top" and not _is_cover(page) and not _has_head(page) and not below_picture:
            report.within("type-area", page.number, line.number, "glyph box top", (middle - half) / MM, 37, 1, "mm")
        if what == "bottom" and line.number >= std.ROWS:
            report.within("type-area", page.number, line.number, "glyph box bottom", (middle + half) / MM, 262, 1, "mm")


def order(page, report):
    """Lines are written in the order in which they are read, and so are the glyphs of a line."""
    lines = [line for line in page.lines if line.role in ("text", "title")]
    report.count("order", len(lines))
    for line in lines:
        numbers = [glyph.order for glyph in line.glyphs]
        if numbers != sorted(numbers):
            report.fail("order", page.number, line.number, f"glyphs are not written from left to right: `{line.short}`")
    for upper, lower in zip(lines, lines[1:]):
        if upper.glyphs[0].order > lower.glyphs[0].order:
            report.fail("order", page.number, lower.number, f"written before the line above it: `{lower.short}`")


def grid(pages, report):
    """Every line of text stands on the grid: all baselines of one face are whole pitches apart."""
    phases = defaultdict(list)
    for page in pages:
        for line in page.lines:
            if line.role == "text":
                # The mark of a footnote stands above the line, and is often the first of its font on it.
                on_line = [glyph for glyph in line.glyphs if not std.is_note_mark(glyph)]
                for font in {glyph.font for glyph in on_line}:
                    y = next(glyph.y for glyph in on_line if glyph.font == font)
                    phases[font].append(((y - std.TOP) % std.PITCH, line))
                for glyph in line.glyphs:
                    is_mark = std.is_note_mark(glyph)
                    same = next((g.y for g in on_line if g.font == glyph.font), glyph.y)
                    if is_mark and same != glyph.y:
                        same -= std.NOTE_RAISE * std.BODY
                    if abs(glyph.y - same) > 0.01:
                        report.fail("grid", page.number, line.number, f"`{glyph.text}` {glyph.y - same:+.2f} pt off its line")
                        break
    for font, found in phases.items():
        middle = sorted(phase for phase, _ in found)[len(found) // 2]
        for phase, line in found:
            report.within(
                "grid", line.page, line.number,
                f"baseline of {font} below the line's top (`{line.short}`)", phase, middle, GRID,
            )
    for page in pages:
        for line in page.lines:
            middle = line.ink_middle()
            if line.role != "text" or middle is None:
                continue
            measured = (middle - std.TOP - std.BODY / 2) / MM
            wanted = round(measured * MM / std.PITCH) * std.PITCH / MM
            report.within("grid", page.number, line.number, "glyph box top below the type area's", measured, wanted, 1, "mm")
            if round(wanted * MM / std.PITCH) not in range(std.ROWS):
                report.fail("type-area", page.number, line.number, f"outside the {std.ROWS} lines")


def _is_cover(page):
    return page.number == 1 and not any(line.role == "text" and not is_centred(line) for line in page.lines)


def _has_head(page):
    return any(line.role == "head" for line in page.lines)


def _may_lack_number(pages, page):
    """A letter's first page, a page of 版记 alone behind a blank one, and that blank page have no number."""
    if page.number == 1 and any(rule[2] - rule[0] > std.WIDTH + MARGIN for rule in page.red_rules):
        return True
    if page is pages[-1] and all(line.role == "imprint" for line in page.lines):
        return True
    return not page.lines


def page_numbers(pages, report):
    """`— N —`: 14 pt, 7 mm below the type area, right on odd and left on even pages, one character in."""
    expected = None
    for page in pages:
        folios = [line for line in page.lines if line.role == "folio"]
        report.count("page-number")
        if not folios and (_is_cover(page) or _may_lack_number(pages, page)):
            expected = expected + 1 if expected else page.number
            continue
        if len(folios) != 1:
            report.fail("page-number", page.number, None, f"{len(folios)} lines below the type area, expected the page number")
            continue
        line = folios[0]
        text, digits = line.text, line.text.strip("—")
        if not (text == f"—{digits}—" and digits.isascii() and digits.isdigit()):
            report.fail("page-number", page.number, None, f"reads `{text}`, expected `— N —`")
            continue
        expected = int(digits) if expected is None else expected + 1
        if expected == int(digits) and page is pages[0] and expected != 1:
            report.fail("page-number", page.number, None, f"begins with {expected}, expected 1")
        if int(digits) != expected:
            report.fail("page-number", page.number, None, f"reads {digits}, expected {expected}")
        first, last = line.glyphs[0], line.glyphs[-1]
        if not (first.ink and last.ink):
            report.fail("page-number", page.number, None, "has no ink")
            continue
        top = (min(first.ink[1], last.ink[1]) - std.BOTTOM) / MM
        report.within("page-number", page.number, None, "dash's upper edge below the type area", top, 7, 0.3, "mm")
        # The dash takes one character: its cell is the em around the middle of its ink.
        cells = [((g.ink[0] + g.ink[2]) / 2 - std.FOLIO / 2, (g.ink[0] + g.ink[2]) / 2 + std.FOLIO / 2) for g in (first, last)]
        if int(digits) % 2:
            inset, side = std.LEFT + std.WIDTH - cells[1][1], "right"
        else:
            inset, side = cells[0][0] - std.LEFT, "left"
        report.within("page-number", page.number, None, f"inset from the {side}", inset / MM, std.FOLIO / MM, 0.3, "mm")
        inner = line.glyphs[1:-1]
        for gap in (inner[0].x - cells[0][1], cells[1][0] - inner[-1].x - inner[-1].advance):
            report.within("page-number", page.number, None, "space beside the digits", gap / MM, std.FOLIO / 2 / MM, 0.3, "mm")


def faces(block, common, report):
    """正文 仿宋, 一、 黑体, （一） 楷体."""
    if block.kind not in ("paragraph", "flush"):
        return
    line = block.lines[0]
    first = next((g for g in line.glyphs if std.is_hanzi(g.text)), None)
    if first is None:
        return
    wanted = {1: "黑体", 2: "楷体"}.get(block.level)
    if wanted is None:
        wanted = "黑体" if block.text.startswith("附件") and block.kind == "flush" else "仿宋"
        if std.LEVEL_1.match(block.text) or std.LEVEL_2.match(block.text):
            wanted = "黑体" if std.LEVEL_1.match(block.text) else "楷体"
    # A heading may be shorter than what tells its face.
    end = next((at for at, g in enumerate(line.glyphs) if g.text == "。"), None) if block.run_in else None
    fonts = [g.font for g in line.glyphs[:end] if std.is_hanzi(g.text)]
    font = max(set(fonts[:6]), key=fonts[:6].count)
    report.count("face")
    if not std.FACES[wanted].search(font):
        report.fail("face", line.page, line.number, f"`{line.short}` in {font}, expected a {wanted}")
    if block.is_heading and block.level == 1 and block.text[-1] in "。，；、":
        report.fail("heading", line.page, line.number, f"level 1 ends with `{block.text[-1]}`, expected no mark")
    if block.run_in and block.level == 2:
        heading = [g.text for ln in block.lines for g in ln.glyphs]
        report.count("heading")
        if "。" not in heading:
            report.fail("heading", line.page, line.number, "a run-in level 2 heading without its 。")


def title(block, report):
    """Lines centred, no further apart than two pitches, none of one or two characters."""
    for line in block.lines:
        middle = (line.glyphs[0].x + line.right) / 2
        report.within(
            "title", line.page, line.number, f"middle of `{line.short}`", middle / MM, (std.LEFT + std.WIDTH / 2) / MM, 0.5, "mm",
        )
        if len(line.text) < 3:
            report.fail("title", line.page, line.number, f"a line of {len(line.text)} characters: `{line.text}`")
        if line.text.count("《") != line.text.count("》"):
            report.note("title", line.page, line.number, f"《…》 parted: `{line.text}`")
    for upper, lower in zip(block.lines, block.lines[1:]):
        report.count("title")
        if lower.y - upper.y > 2 * std.PITCH + GRID:
            report.fail("title", lower.page, lower.number, f"{lower.y - upper.y:.2f} pt below the line above, at most {2 * std.PITCH:.2f}")


def titles(blocks, report):
    """The title starts on line 1, an attachment's on line 3; one blank line stands below it."""
    for number, block in enumerate(blocks):
        if block.kind != "title" or number + 1 == len(blocks):
            continue
        following = blocks[number + 1]
        if following.kind == "byline" and number + 2 < len(blocks):
            following = blocks[number + 2]
        line = following.lines[0]
        above = (blocks[blocks.index(following) - 1]).lines[-1]
        if line.page != above.page or line.role != "text":
            continue
        size = std.TITLE if above.role == "title" else std.BODY
        blank = (line.y - std.BODY * 0.8) - (above.y - size * 0.88 + size)
        report.count("title")
        if not std.PITCH - 1 <= blank < 2.5 * std.PITCH:
            report.fail("title", line.page, line.number, f"{blank:.1f} pt blank below the title, expected one blank line")


def blank_lines(blocks, report):
    """No blank line but below the title, beside a table and above the signature; no two lines on one row."""
    loose = ("title", "byline", "table", "signature", "apart", "roster")
    lines = [(line, block) for block in blocks for line in block.lines]
    for (upper, before), (lower, block) in zip(lines, lines[1:]):
        if upper.page != lower.page or upper.role != "text" or lower.role != "text":
            continue
        gap = lower.number - upper.number
        report.count("blank-line")
        if gap < 1:
            report.fail("blank-line", lower.page, lower.number, f"stands on the line of `{upper.short}`")
        if gap > 1:
            apart = before is not block and (before.kind in loose or block.kind in loose)
            label = before.kind == "flush" or block.text.startswith("附件")
            seals = before is block and block.sealed
            if not apart and not label and not seals:
                report.fail("blank-line", lower.page, lower.number, f"{gap - 1} blank line(s) above `{lower.short}`, expected none")
        if block.kind == "signature" and before.kind != "signature":
            report.count("signature")
            # Seals and 签名章 take the lines that they need.
            if not (2 <= gap <= 8 if block.sealed else gap == 2):
                report.fail("signature", lower.page, lower.number, f"{gap - 1} blank line(s) above the signature, expected 1")


def page_fill(pages, blocks, report):
    """A page holds 22 lines, fewer only where what follows could not begin on it."""
    lines = {}
    for number, block in enumerate(blocks):
        for line in block.lines:
            lines.setdefault(line.page, []).append((line, number))
    for page in pages[:-1]:
        here, after = lines.get(page.number), lines.get(page.number + 1)
        if not here or not after or _is_cover(page):
            continue
        report.count("page-fill")
        used = _rows_used(page, here[-1][0])
        missing = std.ROWS - used
        if missing <= 0:
            continue
        allowed, reason = _forced(blocks, after[0][1], after[0][0])
        if missing > allowed:
            report.fail(
                "page-fill", page.number, here[-1][0].number,
                f"{used} lines, expected {std.ROWS} (less {allowed}): the next page begins with {reason}",
            )
        else:
            level = report.note if missing > 1 else lambda *_: None
            level("page-fill", page.number, here[-1][0].number, f"{used} lines: the next page begins with {reason}")


def _rows_used(page, line):
    if line.role == "text":
        return line.number
    bottom = max([line.y] + [rule[3] for rule in page.rules if rule[3] < std.BOTTOM + MARGIN])
    return int((bottom - std.TOP) // std.PITCH) + 1


def _forced(blocks, number, line):
    """How many lines the page before may lack, and for what."""
    block = blocks[number]
    if block.kind == "title" or line.text.startswith("附件"):
        return std.ROWS, "an attachment"
    if block.kind == "table":
        return std.ROWS, "a table"
    if block.kind in ("signature", "apart"):
        return 4, "the signature"
    index = block.lines.index(line)
    if index:
        left = len(block.lines) - index
        return (1 if left == 2 else 0), f"{left} line(s) of a paragraph of {len(block.lines)}"
    lines, reason = 0, "a paragraph"
    while block.is_heading:
        lines, reason = lines + len(block.lines), "a heading"
        number += 1
        if number == len(blocks):
            return lines, reason
        block = blocks[number]
    if block.kind == "table":
        return std.ROWS, "a heading and a table"
    count = len(block.lines)
    if _signed_next(blocks, number):
        listed = blocks[number + 1] if blocks[number + 1].text.startswith("附件：") else None
        lines += len(listed.lines) if listed else 0
        return lines + 4, f"{reason} of {count} line(s){' with 附件说明' if listed else ''} and the signature"
    # 附件说明 does not stand on a page without text, and a paragraph of three lines is not parted.
    if number + 1 < len(blocks) and blocks[number + 1].text.startswith("附件：") and count <= 3:
        return lines + count, f"{reason} of {count} line(s) with 附件说明"
    alone = {1: 0, 2: 1, 3: 2}.get(count, 1)
    if block.run_in:
        alone = max(alone, block.heading_lines)
    return lines + alone, f"{reason} of {count} line(s)"


def _signed_next(blocks, number):
    number += 1
    # 附件说明 goes with them.
    while number < len(blocks) and (blocks[number].text.startswith("附件：") or blocks[number].kind == "apart"):
        number += 1
    return number < len(blocks) and blocks[number].kind == "signature"


def signature(blocks, report):
    """The name's end two cells from the right edge, the date's start two cells right of the name's."""
    for number, block in enumerate(blocks):
        if block.kind != "signature":
            continue
        names, date = block.lines[:-1], block.lines[-1]
        right = std.LEFT + std.WIDTH
        report.count("signature")
        if block.sealed:
            inset = right - date.glyphs[-1].cell_right
            # The widest of several names may push the seal, and the date with it, further in.
            if inset < 4 * std.CELL - 0.5 or (len(names) <= 1 and inset > 4 * std.CELL + std.CELL):
                report.fail("signature", date.page, date.number, f"the date ends {inset:.2f} pt from the right edge, expected {4 * std.CELL:.2f}")
            continue
        if not names:
            report.fail("signature", date.page, date.number, "a date without a name on its page")
            continue
        if not any(line.role == "text" and line.page == date.page for b in blocks[:number] for line in b.lines):
            report.fail("signature", date.page, date.number, "the signature stands alone on its page")
        if len(names) > 1:
            continue
        name = names[0]
        report.within("signature", date.page, date.number, "the date's start right of the name's",
                      date.glyphs[0].cell_left - name.glyphs[0].cell_left, std.INDENT, 0.5)
        # The longer of the two ends two cells from the edge, the name where they are equal.
        longer = max(name, date, key=lambda line: round(line.glyphs[-1].cell_right - line.glyphs[0].cell_left, 1))
        report.within("signature", longer.page, longer.number, f"the end of `{longer.short}` from the right edge",
                      right - longer.glyphs[-1].cell_right, std.INDENT, 0.5)


def paragraphs_start(block, report):
    """Two cells in, later lines flush."""
    first = block.lines[0]
    if block.kind == "paragraph":
        measured = first.glyphs[0].cell_left - std.LEFT
        report.within("indent", first.page, first.number, f"indent of `{first.short}`", measured, std.INDENT, FLUSH)
    elif not (block.text.startswith("附件") or block.text.endswith("：")):
        report.fail("indent", first.page, first.number, f"a paragraph without its indent: `{first.short}`")
    for line in block.lines[1:]:
        glyph = line.glyphs[0]
        measured = glyph.cell_left - std.LEFT
        wanted = -std.CELL / 2 if glyph.text in std.OPENING and starts_at(line) == "flush" else 0.0
        report.within("flush-left", line.page, line.number, f"left edge of `{line.short}` from the type area's", measured, wanted, FLUSH)
