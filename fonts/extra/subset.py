"""The separate rare-hanzi font: subset.py BABELSTONE_TTF UNIHAN_IRGSOURCES.bz2 OUTPUT [--all]

Takes the hanzi that no embedded font holds and that have a PRC (G) source, whose forms are the
PRC's; --all takes every other hanzi of the font as well.
"""
import bz2
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import charset  # noqa: E402

CHANGED = "2026-11-23"


def main():
    args = [a for a in sys.argv[1:] if a != "--all"]
    source, sources, target = map(pathlib.Path, args)
    embedded = set()
    fonts = [p for p in HERE.parent.iterdir() if p.suffix in (".ttf", ".otf")]
    assert len(fonts) == 6, "build the embedded subsets first"
    for path in fonts:
        embedded |= set(TTFont(path, lazy=True).getBestCmap())
    prc = set()
    for line in bz2.open(sources, "rt", encoding="utf-8"):
        field = line.rstrip("\n").split("\t")
        if len(field) == 3 and field[1] == "kIRG_GSource":
            prc.add(int(field[0][2:], 16))

    options = subset.Options()
    options.layout_features = []
    options.hinting = options.glyph_names = options.name_legacy = False
    options.notdef_outline = True
    options.recalc_timestamp = options.recalc_bounds = False
    options.name_IDs = options.name_languages = ["*"]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "gasp", "prep", "fpgm", "cvt ", "DSIG"]
    font = subset.load_font(str(source), options)
    wanted = {c for c in font.getBestCmap() if charset.is_hanzi(c)} - embedded
    if "--all" not in sys.argv:
        wanted &= prc
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    name = font["name"]
    for name_id, text in (
            (1, "Shizheng Rare Hanzi"), (2, "Regular"), (4, "Shizheng Rare Hanzi"), (6, "ShizhengRareHanzi"),
            (3, "15.0.5;shizheng;ShizhengRareHanzi"),
            (10, f"Subset of BabelStone Han 15.0.5 made for shizheng on {CHANGED}: fewer glyphs, no layout, "
                 "vertical or hinting tables, renamed; outlines and advances unaltered. Under the Arphic "
                 "Public License like its source.")):
        name.names = [n for n in name.names if n.nameID != name_id]
        name.setName(text, name_id, 3, 1, 0x409)
    name.names = [n for n in name.names if n.nameID not in (16, 17, 18)]
    name.names.sort()
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {len(wanted)} hanzi, {target.stat().st_size} bytes")


main()
