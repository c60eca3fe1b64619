#!/usr/bin/env bash
# Sets hanzi of GB 18030 level 3 that the program does not carry, from a folder of fonts, and reads them back.
#   tests/conformance/rare-hanzi.sh [PROGRAM]     (target/release/shizheng unless another is named)
# FONTS is the folder; without it, BabelStone Han is fetched from Debian (11 MB) and kept under target/.
# Needs: poppler-utils, qpdf, and dpkg and apt where there is no FONTS. Takes 5 s.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
program=$(realpath "${1:-$target/release/shizheng}")
fonts=${FONTS:-$target/rare-hanzi}
if [ -z "${FONTS:-}" ] && [ ! -e "$fonts/BabelStoneHan.ttf" ]; then
  work=$(mktemp -d)
  chmod 755 "$work"
  (cd "$work" && { apt-get -q download fonts-babelstone-han || { apt-get -qq update && apt-get -q download fonts-babelstone-han; }; } > /dev/null 2>&1 \
    && dpkg-deb -x fonts-babelstone-han_*.deb .)
  mkdir -p "$fonts"
  cp "$work"/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf "$fonts"
  rm -rf "$work"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# Of CJK Unified Ideographs Extensions A, B, C, D and E.
rare=㑇𠀀𠂇𪚥𫔰𫠊𫞎𬂩
sed "s/\"桐渚市\"/\"桐${rare}市\"/" "$root/samples/tongzhu.json" > rare.json
if "$program" render rare.json 2> told; then
  echo "rare hanzi are set without a face" >&2
  exit 1
fi
grep -q 'U+2A6A5' told
"$program" render rare.json --fonts "$fonts" --quiet
qpdf --check rare.pdf > /dev/null
pdffonts rare.pdf | grep -q 'BabelStoneHan .* yes yes yes '
# The name stands in the title and in the signature.
count=$(pdftotext -raw -nopgbrk -enc UTF-8 rare.pdf - | tr -d '\n' | grep -o "桐${rare}市" | wc -l)
[ "$count" -ge 2 ] || { echo "the name comes back $count times" >&2; exit 1; }
# The same from a folder beside the program.
mkdir bin
cp "$program" bin/
ln -s "$fonts" bin/fonts
"bin/$(basename "$program")" render rare.json -o beside.pdf --quiet
cmp rare.pdf beside.pdf
echo "rare hanzi: set from --fonts and from beside the program, read back $count times"
