#!/usr/bin/env bash
# Makes out/: hanzi beyond the embedded fonts (GB 18030-2022 level 3) from BabelStone Han, as a folder
# of its own, with its licence. Arphic Public License: never inside the program, never committed.
#   ./build.sh [--all]     --all: also hanzi without a PRC source
# Run ../build.sh first (it makes the venv). WORK as there.
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
work=$(cd "${WORK:-../.work}" && pwd) || { echo "run ../build.sh first" >&2; exit 1; }
py=$work/venv/bin/python
[ -x "$py" ] || { echo "run ../build.sh first" >&2; exit 1; }
cd "$work/in"
deb() { [ -n "$(find . -name "$1_*.deb")" ] || apt-get -q download "$1=$2"; }
deb fonts-babelstone-han 15.0.5-2
deb unicode-data 15.0.0-1
sha256sum --check --strict --quiet "$here/INPUTS.sha256"
rm -rf "$work/extra" "$here/out"
mkdir -p "$work/extra" "$here/out"
dpkg-deb -x fonts-babelstone-han_*.deb "$work/extra"
dpkg-deb -x unicode-data_*.deb "$work/extra"
export PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1
"$py" "$here/subset.py" "$(find "$work/extra" -name 'BabelStoneHan.ttf')" \
  "$work/extra/usr/share/unicode/Unihan_IRGSources.txt.bz2" "$here/out/ShizhengRareHanzi.ttf" "$@"
cp "$work/extra/usr/share/doc/fonts-babelstone-han/copyright" "$here/out/fonts-babelstone-han.copyright"
cd "$here/out"
sha256sum ./*.ttf > SHA256SUMS
