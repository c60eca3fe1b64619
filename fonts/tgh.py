"""Writes tgh8105.txt from Unihan's kTGH: tgh.py UNIHAN_FILE.bz2 > tgh8105.txt"""
import bz2
import sys

table = {}
for line in bz2.open(sys.argv[1], "rt", encoding="utf-8"):
    field = line.rstrip("\n").split("\t")
    if len(field) == 3 and field[1] == "kTGH":
        edition, number = field[2].split(":")
        assert edition == "2013"
        table[int(number)] = chr(int(field[0][2:], 16))
assert sorted(table) == list(range(1, 8106)) and len(set(table.values())) == 8105

out = ["# 通用规范汉字表 (2013): 8,105 hanzi in the table's order, 50 a line; lines with # are comments.",
       "# Source: Unicode 15.0 Unihan database, property kTGH (Debian unicode-data 15.0.0-1), by tgh.py;",
       "# see licenses/unicode-data.copyright."]
for title, a, b in (("一级字表 1-3500", 1, 3500), ("二级字表 3501-6500", 3501, 6500),
                    ("三级字表 6501-8105", 6501, 8105)):
    out.append("# " + title)
    out += ["".join(table[n] for n in range(i, min(i + 49, b) + 1)) for i in range(a, b + 1, 50)]
sys.stdout.buffer.write(("\n".join(out) + "\n").encode("utf-8"))
