"""Makes the subsets: subset.py UNPACKED_FOLDER OUTPUT_FOLDER

Outlines and advances stay as they are; layout, vertical and (but for Fandol) hinting data go; the name table
says what was changed. head.modified stays that of the source: same input, same bytes.
"""
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib.reorderGlyphs import reorderGlyphs

import charset

CHANGED = "2026-11-25"
FALLBACK_CHANGED = "2026-11-23"
FANDOL = "texlive-lang-chinese/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/"
EXCEPTION = (
    "As a special exception, if you create a document which uses this font, and embed this font or "
    "unaltered portions of this font into the document, this font does not by itself cause the "
    "resulting document to be covered by the GNU General Public License. This exception does not "
    "however invalidate any other reasons why the document might be covered by the GNU General "
    "Public License. If you modify this font, you may extend this exception to your version of the "
    "font, but you are not obligated to do so. If you do not wish to do so, delete this exception "
    "statement from your version.")
GPL = ("GNU General Public License, version 3, with the font exception, which this subset keeps: "
       + EXCEPTION)

FACES = [
    ("NotoSerifSC-SemiBold.ttf", "noto-serif-sc/package/600SemiBold/NotoSerifSC_600SemiBold.ttf"),
    ("NotoSerifSC-Regular.ttf", "noto-serif-sc/package/400Regular/NotoSerifSC_400Regular.ttf"),
    ("NotoSansSC-Medium.ttf", "noto-sans-sc/package/500Medium/NotoSansSC_500Medium.ttf"),
    ("FandolFang-Regular.otf", FANDOL + "FandolFang-Regular.otf"),
    ("FandolKai-Regular.otf", FANDOL + "FandolKai-Regular.otf"),
    ("ShizhengFallbackKai-Light.ttf",
     "fonts-lxgw-wenkai/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf"),
]
DROP = ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG", "gasp", "prep", "fpgm",
        "cvt ", "DSIG"]


def set_name(font, name_id, text, lang=0x409):
    font["name"].setName(text, name_id, 3, 1, lang)


def sort_glyphs(font):
    """Puts the glyphs in the order of their code points in charset.order(), .notdef first."""
    rank = {c: place for place, c in enumerate(charset.order())}
    places = {}
    for c, name in font.getBestCmap().items():
        places[name] = min(rank.get(c, len(rank)), places.get(name, len(rank)))
    old = font.getGlyphOrder()
    reorderGlyphs(font, old[:1] + sorted(old[1:], key=lambda name: places.get(name, len(rank))))


def make(source, target, unicodes):
    options = subset.Options()
    options.layout_features = []
    options.hinting = target.name.startswith("Fandol")   # its charstrings stay byte for byte
    options.desubroutinize = False
    options.glyph_names = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.recalc_bounds = False
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.name_legacy = False
    options.drop_tables += DROP
    font = subset.load_font(str(source), options, lazy=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes & set(font.getBestCmap()))
    subsetter.subset(font)

    # The fallback is unpacked as a whole: its order is all the same.
    is_sorted = not target.name.startswith("Shizheng")
    if is_sorted:
        sort_glyphs(font)

    name = font["name"]
    old = name.getDebugName(10)
    changed, order = (CHANGED, "in another order, ") if is_sorted else (FALLBACK_CHANGED, "")
    notice = f"Subset of {source.name} made for shizheng on {changed}: fewer glyphs, {order}no " \
             "layout or vertical tables, no TrueType hints; outlines and advances unaltered."
    if target.name.startswith("Fandol"):
        set_name(font, 13, GPL)
    if target.name.startswith("Shizheng"):
        # LXGW and its Chinese form are reserved names: the subset carries others.
        notice += " Renamed, as the OFL asks."
        name.names = [n for n in name.names if n.nameID not in (1, 2, 3, 4, 6, 16, 17)]
        for lang, family in ((0x409, "Shizheng Fallback Kai"), (0x804, "市政备用楷体")):
            set_name(font, 1, family + " Light", lang)
            set_name(font, 2, "Regular", lang)
            set_name(font, 4, family + " Light", lang)
            set_name(font, 16, family, lang)
            set_name(font, 17, "Light", lang)
        set_name(font, 3, "1.250;shizheng;ShizhengFallbackKai-Light")
        set_name(font, 6, "ShizhengFallbackKai-Light")
    set_name(font, 10, notice + (" " + old if old else ""))
    name.names.sort()
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {font['maxp'].numGlyphs} glyphs, {target.stat().st_size} bytes")


def main():
    unpacked, out = map(pathlib.Path, sys.argv[1:])
    for file, source in FACES:
        make(unpacked / source, out / file, charset.WIDE if file.startswith("Shizheng") else charset.ROLE)


main()
