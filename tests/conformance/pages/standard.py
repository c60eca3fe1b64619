"""The numbers and character sets of the standard, in points from the page's top left corner."""

import re

MM = 72 / 25.4

PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
LEFT, TOP = 28 * MM, 37 * MM
WIDTH, HEIGHT = 156 * MM, 225 * MM
BOTTOM = TOP + HEIGHT
COLUMNS, ROWS = 28, 22
BODY, TITLE, FOLIO = 15.75, 22.0, 14.0
CELL = WIDTH / COLUMNS
PITCH = (HEIGHT - BODY) / (ROWS - 1)
CELL_PER_EM = CELL / BODY
INDENT = 2 * CELL

# Marks whose ink stands in the left half of a cell, and in the right half.
CLOSING = set("。．，、；：！？）】〕》〉」』”’］｝")
OPENING = set("（【〔《〈「『“‘［｛")

NOT_AT_START = CLOSING | set("‼⁇⁈⁉…—–-‐～·％%‰℃/.,:;!?)]}")
NOT_AT_END = OPENING | set("￥＄№/([{$¥")

PUNCTUATION = NOT_AT_START | NOT_AT_END

HANZI = re.compile(
    "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
)

# What counts a thing or measures it: a number is not parted from it.
UNITS = re.compile(
    "亿|万|千|百|元|美元|个|户|人|名|位|家|项|件|次|条|座|所|处|套|辆|台|艘|架|只|头|株|棵|部|册|篇|门|对|组|种|层"
    "|间|栋|场|支|批|起|份|类|级|届|岁|期|天|日|月|年|小时|分|秒|倍|度|吨|公里|千米|米|厘米|毫米|微克|毫克|公斤|千克|克"
    "|亩|公顷|平方|立方|千瓦|兆瓦|标准煤|余|多|成|号|km|kW|MW|GW"
)
NOTE_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# The size of a footnote's mark and how far it is raised, in the body's size.
NOTE_MARK, NOTE_RAISE = 0.6, 0.35
MULTIPLES = "十百千万亿"
BEFORE_NUMBER = ("第", "约", "近", "超过", "逾")

FACES = {
    "仿宋": re.compile(r"Fang|仿|FZFS|STFangsong", re.I),
    "楷体": re.compile(r"Kai|楷|FZKT", re.I),
    "黑体": re.compile(r"Hei|Sans|黑|FZHT", re.I),
}

CHINESE_NUMERAL = "[一二三四五六七八九十]+"
LEVEL_1 = re.compile(f"^{CHINESE_NUMERAL}、")
LEVEL_2 = re.compile(f"^（{CHINESE_NUMERAL}）")
LEVEL_3_4 = re.compile("^(?:[0-9]+[.．]|（[0-9]+）)")
# What stands in 版头 below a letter's rules or an order's mark.
HEAD = re.compile(r"(特急|加急|[0-9]{6}|[绝机秘]密.*)?(.*〔[0-9]{4}〕[0-9]+号|第[0-9]+号)?")
# A seal is as high as this or higher, the stamp of a signature lower.
SEAL = 30 * MM
DATE = re.compile(r"^[0-9]{4}年[1-9][0-9]?月[1-9][0-9]?日$")


def is_red(color):
    """Tells whether a colour is the standard's red."""
    return isinstance(color, (tuple, list)) and len(color) == 4 and all(abs(a - b) < 0.01 for a, b in zip(color, (0, 0.8, 0.8, 0)))


def is_note_mark(glyph):
    """Tells whether a glyph is the mark of a footnote: a digit in a circle, three fifths of the body's size."""
    return glyph.text in NOTE_MARKS and abs(glyph.size - NOTE_MARK * BODY) < 0.01


def is_hanzi(text):
    """Tells whether a glyph's text is one hanzi."""
    return bool(HANZI.fullmatch(text))


def is_mark(text):
    """Tells whether a glyph's text is punctuation."""
    return text in PUNCTUATION
