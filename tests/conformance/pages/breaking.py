"""Checks the lines of paragraphs: justification, breaks, last lines, and what stands at a page's edge."""

import re

from . import standard as std
from .geometry import FLUSH, paragraphs_start, signature

RIGHT = std.LEFT + std.WIDTH
# Between two readers' roundings; a space is a space from here on.
SLIGHT = 0.1
# A run that nothing stretches.
WORD = re.compile("[A-Za-z0-9]+(?:[.,:&'/+-][A-Za-z0-9]+)*%?|—{2,}|…{2,}")
DIGIT_END = re.compile(f"[0-9][0-9.]*[{std.MULTIPLES}]*[余多]?$")


def check(pages, blocks, report):
    """Checks all paragraphs."""
    last_lines = {page.number: page.lines for page in pages}
    for number, block in enumerate(blocks):
        if block.kind == "apart":
            stray(blocks, number, report)
        if block.kind == "title":
            for line in block.lines:
                ends(line, report, title=True)
        if block.kind not in ("paragraph", "flush"):
            continue
        paragraphs_start(block, report)
        for line in block.lines[:-1]:
            flush_right(line, report)
        not_beyond(block.lines[-1], report)
        for line in block.lines:
            ends(line, report, first=line is block.lines[0])
            spacing(line, line is not block.lines[-1], report)
        for upper, lower in zip(block.lines, block.lines[1:]):
            split(upper, lower, report)
        last_line(block, report)
        page_edges(block, last_lines, report)
    signature(blocks, report)


def stray(blocks, number, report):
    """A line neither flush nor two cells in: only the turned lines of 附件说明 stand so."""
    block = blocks[number]
    before = blocks[number - 1] if number else None
    report.count("flush-left", len(block.lines))
    if before and before.text.startswith("附件："):
        return
    for line in block.lines:
        offset = (line.glyphs[0].cell_left - std.LEFT) / std.MM
        report.fail("flush-left", line.page, line.number, f"`{line.short}` starts {offset:.2f} mm into the type area, expected 0 or {std.INDENT / std.MM:.2f}")


def flush_right(line, report):
    """The last glyph's cell ends on the type area's edge; a closing mark's may be cut to half."""
    glyph = line.glyphs[-1]
    most, least = glyph.cell_right, glyph.cell_right
    if glyph.text in std.CLOSING and glyph.advance > 0.9 * glyph.size:
        least = glyph.cell_right - std.CELL / 2
    report.count("flush-right")
    # A mark shrinks by any part of its half where that alone makes the line fit; a stretched line has no such need.
    pitch = hanzi_pitch(line)
    stretched = pitch is not None and pitch > std.CELL + SLIGHT
    between = stretched and least < RIGHT - FLUSH and most > RIGHT + FLUSH
    if most < RIGHT - FLUSH or least > RIGHT + FLUSH or between:
        nearest = min((most, least), key=lambda edge: abs(edge - RIGHT))
        report.fail(
            "flush-right", line.page, line.number,
            f"right edge of `{line.short}` {nearest:.3f} pt, expected {RIGHT:.3f} ± {FLUSH} pt ({nearest - RIGHT:+.2f})",
        )


def hanzi_pitch(line):
    """The middle distance between hanzi that follow one another; nothing if there are none."""
    pitches = sorted(
        b.x - a.x for a, b in zip(line.glyphs, line.glyphs[1:]) if std.is_hanzi(a.text) and std.is_hanzi(b.text)
    )
    return pitches[len(pitches) // 2] if pitches else None


def not_beyond(line, report):
    """A last line may end anywhere before the edge."""
    glyph = line.glyphs[-1]
    end = glyph.cell_right - (std.CELL / 2 if glyph.text in std.CLOSING else 0)
    report.count("flush-right")
    if end > RIGHT + FLUSH:
        report.fail("flush-right", line.page, line.number, f"a last line ends {end - RIGHT:.2f} pt beyond the edge: `{line.short}`")


def ends(line, report, first=False, title=False):
    """No line begins with a mark that may not begin one, none ends with an opener."""
    start, end = line.glyphs[0].text, line.glyphs[-1].text
    # `——` and `……` may open a paragraph; they may not open a line within one.
    allowed = first and start in "—…"
    report.count("line-start")
    report.count("line-end")
    if start in std.NOT_AT_START and not allowed:
        report.fail("line-start", line.page, line.number, f"begins with `{start}`: `{line.short}`")
    if end in std.NOT_AT_END:
        report.fail("line-end", line.page, line.number, f"ends with `{end}`: `{line.short}`")


def spacing(line, justified, report):
    """Hanzi keep their cells, or stand evenly apart; nothing stretches within a number or a word."""
    glyphs = [glyph for glyph in line.glyphs if abs(glyph.size - std.BODY) < 0.01]
    pairs = list(zip(glyphs, glyphs[1:]))
    hanzi = [(a, b.x - a.x) for a, b in pairs if std.is_hanzi(a.text) and std.is_hanzi(b.text)]
    report.count("cells", len(hanzi))
    if hanzi:
        pitches = sorted(pitch for _, pitch in hanzi)
        middle = pitches[len(pitches) // 2]
        wanted = middle if justified else std.CELL
        for glyph, pitch in hanzi:
            if pitch < std.CELL - SLIGHT or abs(pitch - wanted) > 2 * SLIGHT:
                rule = "even-gaps" if justified else "cells"
                report.fail(
                    rule, line.page, line.number,
                    f"`{glyph.text}` takes {pitch / std.MM:.3f} mm, expected {wanted / std.MM:.3f} mm (`{line.short}`)",
                )
                break
        if justified and middle - std.CELL > std.BODY / 8 + SLIGHT:
            report.note(
                "even-gaps", line.page, line.number,
                f"gaps between hanzi {(middle - std.CELL) / std.BODY:.3f} em, at most 0.125 unless a bond leaves nothing else (`{line.short}`)",
            )
    words(line, glyphs, report)
    for a, b in pairs:
        facing = (a.text in std.CLOSING and b.text in std.CLOSING | std.OPENING) or (
            a.text in std.OPENING and b.text in std.OPENING
        )
        if not facing or min(a.advance, b.advance) < 0.9 * std.BODY:
            continue
        report.count("squeeze")
        if b.x - a.x > std.CELL / 2 + (std.BODY / 8 if justified else 0) + SLIGHT:
            report.fail(
                "squeeze", line.page, line.number,
                f"`{a.text}{b.text}` {(b.x - a.x) / std.CELL:.2f} cells apart, expected 0.50 (`{line.short}`)",
            )


def words(line, glyphs, report):
    """The cells of a number, a Latin word, —— and …… touch."""
    if any(len(glyph.text) != 1 for glyph in glyphs):
        return
    for match in WORD.finditer("".join(glyph.text for glyph in glyphs)):
        word = glyphs[match.start() : match.end()]
        report.count("even-gaps", len(word) - 1)
        gaps = [b.cell_left - a.cell_right for a, b in zip(word, word[1:])]
        if gaps and max(map(abs, gaps)) > 2 * SLIGHT:
            report.fail(
                "even-gaps", line.page, line.number,
                f"`{match.group()}` has a gap of {max(gaps, key=abs):+.2f} pt within it, expected 0 (`{line.short}`)",
            )


def split(upper, lower, report):
    """What is never split between two lines."""
    end, start = upper.text, lower.text
    report.count("split")

    def fail(what):
        report.fail("split", lower.page, lower.number, f"{what} split: `…{end[-6:]}` | `{start[:6]}…`")

    pair = end[-1] + start[0]
    if pair in ("——", "……"):
        fail(pair)
    elif re.fullmatch("[0-9]{2}", pair) or (re.search("[0-9][.,:]$", end) and start[0].isdigit()):
        fail("a number")
    elif re.fullmatch("[A-Za-z0-9]{2}", pair):
        fail("a word")
    elif re.search("[A-Za-z][&.]$", end) and start[0].isascii() and start[0].isalpha():
        fail("a word")
    elif re.search("[0-9%％‰℃元][～—–~-]$", end) and start[0].isdigit():
        fail("a range")
    elif DIGIT_END.search(end) and re.match(std.UNITS, start):
        date = re.search("[0-9]年$", end) or re.search("[0-9]月$", end)
        if not date:
            fail("a number and its unit")
    elif start[0].isdigit() and end.endswith(std.BEFORE_NUMBER):
        fail("a number and the word before it")
    elif start[0].isdigit() and re.search("[0-9]年$|[0-9]月$", end):
        if re.match("[0-9]{1,2}[月日]", start):
            report.note("split", lower.page, lower.number, f"a date parts: `…{end[-6:]}` | `{start[:6]}…`")
    elif re.search(f"（{std.CHINESE_NUMERAL}$", end) and re.match(f"(?:{std.CHINESE_NUMERAL})?）", start):
        fail("a number in parentheses")


def last_line(block, report):
    """A paragraph's last line holds two characters besides its punctuation."""
    if len(block.lines) < 2:
        return
    line = block.lines[-1]
    held = [glyph for glyph in line.glyphs if not std.is_mark(glyph.text)]
    report.count("short-last-line")
    if len(held) < 2:
        report.fail("short-last-line", line.page, line.number, f"`{line.text}` holds {len(held)}, expected 2 or more")


def page_edges(block, lines_of, report):
    """No paragraph leaves one line on a page of its own, no heading ends a page."""
    lines = block.lines
    by_page = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    report.count("widow")
    pages = sorted(by_page)
    if len(pages) > 1:
        first, last = by_page[pages[0]], by_page[pages[-1]]
        if len(first) == 1:
            report.fail("widow", pages[0], first[0].number, f"the page ends with a paragraph's first line: `{first[0].short}`")
        if len(last) == 1:
            report.fail("widow", pages[-1], last[0].number, f"the page begins with a paragraph's last line alone: `{last[0].short}`")
        if block.run_in:
            report.count("keep-with-next")
            kept = len(first) - block.heading_lines + 1
            if kept < 2:
                report.fail("keep-with-next", pages[0], first[-1].number, f"a run-in heading keeps {kept} line(s) on its page, expected 2")
    if block.is_heading:
        page = lines[-1].page
        report.count("keep-with-next")
        following = [line for line in lines_of[page] if line.role != "folio"]
        if following and following[-1] is lines[-1]:
            report.fail("keep-with-next", page, lines[-1].number, f"the page ends with a heading: `{lines[-1].short}`")
