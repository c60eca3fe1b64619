"""Makes the sample's own face of one that the program carries: faces.py TEXT

TEXT is the report as `shizheng render --format text` writes it. The face has the characters of its title and headings
alone, under a name of its own. Needs fontTools.
"""
import pathlib
import re
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

here = pathlib.Path(__file__).resolve().parent
source = here.parents[1] / "fonts/NotoSerifSC-SemiBold.ttf"
target = here / "yanbo-report/fonts/YanboSong.ttf"

lines = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
body = next(index for index, line in enumerate(lines) if line.endswith("。"))
wanted = lines[:body]
wanted += [line for line in lines if re.match("[一二三四五六七八九十]+、", line)]
wanted += [line.split("。")[0] for line in lines if re.match("（[一二三四五六七八九十]+）", line)]
characters = set("".join(wanted)) | set("0123456789年月日一二三四五六七八九十（）、，。")

options = subset.Options()
options.hinting = False
options.layout_features = []
options.notdef_outline = True
options.name_IDs = ["*"]
options.recalc_timestamp = False
options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG", "DSIG"]
font = TTFont(source, recalcTimestamp=False)
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes={ord(character) for character in characters})
subsetter.subset(font)
for record in font["name"].names:
    if record.nameID in (1, 3, 4, 6, 16):
        record.string = "YanboSong" if record.nameID == 6 else "Yanbo Song"
font.save(target)
print(target.name, len(characters), "characters,", target.stat().st_size, "bytes")
