"""Lists the hanzi that documents are likely to print, in the order of their glyphs: printed.py > printed.txt

First those of common.tsv, whose outlines the program has compressed beforehand, then the others of the templates and
samples, those first that are in the most files. The faces have their glyphs in this order (charset.py): what a document
prints stands together, and the system reads little of a face. The list need not follow each change of a template: with
it the faces change.
"""
import collections
import pathlib

import charset

ROOT = charset.HERE.parent


def main():
    lines = (charset.HERE / "common.tsv").read_text("utf-8").splitlines()
    common = "".join(line.partition("\t")[2] for line in lines if not line.startswith("#"))
    counts = collections.Counter()
    for pattern in ("templates/**/*.hbs", "samples/**/*.json"):
        for file in ROOT.glob(pattern):
            counts.update(set(file.read_text("utf-8")))
    others = sorted(counts, key=lambda c: (-counts[c], c))
    hanzi = [c for c in dict.fromkeys([*common, *others]) if charset.is_hanzi(ord(c))]
    print("# The hanzi that documents are likely to print: written by printed.py.")
    for start in range(0, len(hanzi), 50):
        print("".join(hanzi[start:start + 50]))


main()
