"""Checks the fonts in this folder and prints their figures."""
import pathlib
import sys

from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.ttLib import TTFont

import charset

HERE = pathlib.Path(__file__).resolve().parent
FILES = ["NotoSerifSC-SemiBold.ttf", "NotoSerifSC-Regular.ttf", "FandolFang-Regular.otf",
         "NotoSansSC-Medium.ttf", "FandolKai-Regular.otf", "ShizhengFallbackKai-Light.ttf"]
KEEP = {"GlyphOrder", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post", "cmap", "glyf", "loca", "CFF "}
PROBE = ("，。、；：？！‼⁇⁈⁉…—–―‐-～·•‘’“”（）〔〕【】《》〈〉「」『』［］｛｝．％‰‱℃№￥¥＄$／★☆※§〇○△①⑩⑪⑳⑴⒈㈠"
         "ⅠⅩⅪⅫ㎡㎥㎞㎏²³₂µμ×÷±≤≥≈→□■☑✓éüāǎ")

ODD = {0x4E61: 999, 0x5DDF: 977, 0x971D: 999}


def filled(font):
    """Code points whose glyph is not .notdef and has an outline."""
    glyphs, good = font.getGlyphSet(), set()
    for c, name in font.getBestCmap().items():
        if font.getGlyphID(name) == 0:
            continue
        if "glyf" in font:
            glyph = font["glyf"][name]
            if glyph.numberOfContours and glyph.xMax > glyph.xMin:
                good.add(c)
            continue
        pen = ControlBoundsPen(glyphs)
        glyphs[name].draw(pen)
        if pen.bounds and pen.bounds[2] > pen.bounds[0]:
            good.add(c)
    return good


def main():
    fonts = {f: TTFont(HERE / f) for f in FILES}
    good = {f: filled(font) for f, font in fonts.items()}
    fallback = good[FILES[-1]]
    ps_names = set()
    for f, font in fonts.items():
        cmap, hmtx, head, os2, hhea = (font.getBestCmap(), font["hmtx"], font["head"], font["OS/2"], font["hhea"])
        ps = font["name"].getDebugName(6)
        assert ps.isascii() and ps not in ps_names, ps
        ps_names.add(ps)
        if "CFF " in font:
            assert font["CFF "].cff.fontNames == [ps]
        assert set(font.keys()) <= KEEP, font.keys()
        assert os2.fsType in (0, 8), os2.fsType   # installable, editable embedding
        assert head.unitsPerEm == 1000
        hanzi = {c for c in cmap if charset.is_hanzi(c)}
        empty = {c for c in hanzi if c not in good[f]}
        assert not empty, [hex(c) for c in empty]
        odd = {c: hmtx[cmap[c]][0] for c in hanzi if hmtx[cmap[c]][0] != 1000}
        # LXGW's own slips: 乡, 巟, 霝 stand a little under the em. Set them in a full cell.
        assert odd == ({c: w for c, w in ODD.items() if c in hanzi} if f == FILES[-1] else {}), odd
        want = charset.GB2312_HANZI if f != FILES[-1] else set()
        assert want <= good[f]
        if f != FILES[-1]:
            glyphs = [font.getGlyphID(cmap[c]) for c in charset.order() if c in cmap]
            first = list(dict.fromkeys(glyphs))
            assert first == sorted(first), "the glyphs do not stand as charset.order() has them"
        both = good[f] | fallback
        if f != FILES[-1]:
            for wanted in (charset.GB2312_HANZI, charset.TGH, charset.GBK_HANZI):
                lost = "".join(map(chr, sorted(wanted - both)))
                assert not lost, (f, len(lost), lost[:50])
        width = {c: hmtx[cmap[ord(c)]][0] for c in PROBE if ord(c) in cmap}
        digits = sorted({hmtx[cmap[ord(c)]][0] for c in "0123456789"})
        by_width = {}
        for c, w in width.items():
            by_width.setdefault(w, []).append(c)
        blank = sorted(c for c in set(cmap) - good[f])
        print(f"{f}: {ps}, {(HERE / f).stat().st_size} bytes, {font['maxp'].numGlyphs} glyphs, {len(cmap)} code points\n"
              f"  fsType {os2.fsType}; hhea {hhea.ascent}/{hhea.descent}/{hhea.lineGap}; typo {os2.sTypoAscender}/"
              f"{os2.sTypoDescender}; win {os2.usWinAscent}/{os2.usWinDescent}; cap {getattr(os2, 'sCapHeight', 0)}, "
              f"x {getattr(os2, 'sxHeight', 0)}; weight {os2.usWeightClass}\n"
              f"  bbox {head.xMin} {head.yMin} {head.xMax} {head.yMax}; space {hmtx[cmap[32]][0]}; digits {digits}; "
              f"hanzi {len(hanzi)}, 1000 each{', but ' + str({chr(c): w for c, w in odd.items()}) if odd else ''}\n"
              f"  GB2312 {len(charset.GB2312_HANZI & good[f])}, TGH {len(charset.TGH & good[f])}, "
              f"GBK {len(charset.GBK_HANZI & good[f])}\n"
              f"  advances: " + "; ".join(f"{w} {''.join(cs)}" for w, cs in sorted(by_width.items())) + "\n"
              f"  lacks: {' '.join(c for c in PROBE if ord(c) not in cmap) or '-'}\n"
              f"  blank glyphs: {' '.join(f'{c:04X}' for c in blank)}")
    wanted = {ord(c) for c in PROBE}
    assert all(wanted <= set(fonts[f].getBestCmap()) | set(fonts[FILES[-1]].getBestCmap())
               | set(fonts[FILES[1]].getBestCmap()) | {0x2611} for f in FILES)
    print("verified")


if __name__ == "__main__":
    main()
