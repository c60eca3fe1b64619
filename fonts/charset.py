"""The character sets of the subsets."""
import pathlib

HERE = pathlib.Path(__file__).resolve().parent


def span(*pairs):
    return {c for a, b in pairs for c in range(a, b + 1)}


def decoded(codec, leads, trails):
    found = set()
    for lead in leads:
        for trail in trails:
            try:
                text = bytes([lead, trail]).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                found.add(ord(text))
    return found


def is_hanzi(c):
    return (0x3400 <= c <= 0x4DBF or 0x4E00 <= c <= 0x9FFF or 0xF900 <= c <= 0xFAFF
            or 0x20000 <= c <= 0x3FFFF)


def tgh():
    """The 8,105 of 通用规范汉字表 in the table's order."""
    lines = (HERE / "tgh8105.txt").read_text("utf-8").splitlines()
    chars = [ord(c) for l in lines if not l.startswith("#") for c in l]
    assert len(chars) == len(set(chars)) == 8105, len(chars)
    return chars


TGH = frozenset(tgh())

GB2312 = decoded("gb2312", range(0xA1, 0xFF), range(0xA1, 0xFF))
GB2312_HANZI = {c for c in GB2312 if is_hanzi(c)}
GB2312_MARKS = GB2312 - GB2312_HANZI
assert (len(GB2312_HANZI), len(GB2312_MARKS)) == (6763, 682)

URO = span((0x4E00, 0x9FA5))
# GBK's 21 compatibility characters and its 80 of the area GBK/5 and FE50 (in today's code points:
# 52 of Extension A, 8 URO, 6 Extension B, 14 radicals)
GBK_COMPAT = {int(c, 16) for c in """
    F92C F979 F995 F9E7 F9F1 FA0C FA0D FA0E FA0F FA11 FA13 FA14 FA18 FA1F FA20 FA21 FA23 FA24 FA27
    FA28 FA29""".split()}
GBK_80 = {int(c, 16) for c in """
    2E81 2E84 2E88 2E8B 2E8C 2E97 2EA7 2EAA 2EAE 2EB3 2EB6 2EB7 2EBB 2ECA
    3447 3473 359E 360E 361A 3918 396E 39CF 39D0 39DF 3A73 3B4E 3C6E 3CE0 4056 415F 4337 43AC 43B1
    43DD 44D6 464C 4661 4723 4729 477C 478D 4947 497A 497D 4982 4983 4985 4986 499B 499F 49B6 49B7
    4C77 4C9F 4CA0 4CA1 4CA2 4CA3 4D13 4D14 4D15 4D16 4D17 4D18 4D19 4DAE
    9FB4 9FB5 9FB6 9FB7 9FB8 9FB9 9FBA 9FBB 20087 20089 200CC 215D7 2298F 241FE""".split()}
GBK_HANZI = URO | GBK_COMPAT | GBK_80
assert len(GBK_HANZI) == 21003, len(GBK_HANZI)
GBK_MARKS = {c for c in decoded("gbk", range(0x81, 0xFF), range(0x40, 0xFF))
             if not is_hanzi(c) and not 0xE000 <= c <= 0xF8FF} - GBK_80

MARKS = GB2312_MARKS | span(
    (0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x2010, 0x2027), (0x2030, 0x2035),
    (0x2039, 0x203C), (0x2047, 0x2049), (0x2070, 0x208E), (0x20AC, 0x20AC), (0x2103, 0x2103),
    (0x2105, 0x2105), (0x2109, 0x2109), (0x2113, 0x2113), (0x2116, 0x2116), (0x2121, 0x2122),
    (0x2153, 0x2154), (0x215B, 0x215E), (0x2160, 0x216B), (0x2170, 0x217B), (0x2190, 0x2199),
    (0x2248, 0x2248), (0x2260, 0x2267), (0x2460, 0x249B), (0x24EA, 0x24EA), (0x25A0, 0x25A1),
    (0x25B2, 0x25B3), (0x25B6, 0x25B7), (0x25BC, 0x25BD), (0x25C6, 0x25C7), (0x25CB, 0x25CF),
    (0x25EF, 0x25EF), (0x2605, 0x2606), (0x2610, 0x2612), (0x2713, 0x2714), (0x2717, 0x2718),
    (0x2E3A, 0x2E3B), (0x3000, 0x301F), (0x3021, 0x3029), (0x30FB, 0x30FC), (0x3220, 0x3229),
    (0x3251, 0x325F), (0x3280, 0x3289), (0x338E, 0x338F), (0x339C, 0x339E), (0x33A0, 0x33A1),
    (0x33A5, 0x33A5), (0x33C4, 0x33C4), (0x33CE, 0x33CE), (0x33D1, 0x33D2), (0x33D5, 0x33D5),
    (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6))

ROLE = MARKS | GB2312_HANZI | TGH
# U+9FA6–9FFF: what Unicode added to the block later (the 8,105 use some of it).
# All of GBK that no role's face holds: each of them has GB2312, so the fallback need not have it once more.
WIDE = (MARKS | GBK_MARKS | GBK_HANZI | TGH | span((0x9FA6, 0x9FFF))) - GB2312_HANZI


def order():
    """Every code point of a role's face in the order of its glyph.

    A document touches little of a face whose common glyphs stand together, and the system maps a file by stretches of
    many glyphs. First come the marks, whose widths differ; then what documents are likely to print (printed.txt), the
    rest of 一级字, and the others, both by code point, which keeps the table of characters small.
    """
    lines = (HERE / "printed.txt").read_text("utf-8").splitlines()
    printed = [ord(c) for line in lines if not line.startswith("#") for c in line]
    return list(dict.fromkeys(sorted(MARKS) + printed + sorted(tgh()[:3500]) + sorted(ROLE)))
