#!/usr/bin/env bash
# Makes every subset in this folder from public packages, the same bytes each time.
#   ./build.sh            build, compare with SHA256SUMS, install
#   ./build.sh --update   build, install, write SHA256SUMS anew
# Needs: Debian bookworm's apt (apt-get update first), npm, Python 3.10+ with venv, sha256sum.
# WORK names the folder for downloads (default .work, kept and used again).
set -euo pipefail
cd "$(dirname "$0")"
update=
for arg; do
  case $arg in
    --update) update=1 ;;
    *) echo "unknown option $arg" >&2; exit 2 ;;
  esac
done
here=$PWD
work=${WORK:-.work}
mkdir -p "$work"
work=$(cd "$work" && pwd)

"$here/packages.sh" "$work"
rm -rf "$work/out"
mkdir -p "$work/out"

cd "$here"
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
py=$work/venv/bin/python
"$py" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
  --requirement requirements.txt
export PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1

doc=$work/x
out=$work/out
"$py" tgh.py "$doc/unicode-data/usr/share/unicode/Unihan_OtherMappings.txt.bz2" > "$out/tgh8105.txt"
if [ -n "$update" ]; then cp "$out/tgh8105.txt" tgh8105.txt; fi
cmp "$out/tgh8105.txt" tgh8105.txt

mkdir "$out/licenses"
cp "$doc/noto-serif-sc/package/LICENSE_FONT" "$out/licenses/NotoSerifSC.LICENSE_FONT"
cp "$doc/noto-sans-sc/package/LICENSE_FONT" "$out/licenses/NotoSansSC.LICENSE_FONT"
cp "$doc/noto-serif-sc/package/LICENSE" "$out/licenses/expo-google-fonts.LICENSE"
gunzip -c "$doc/texlive-lang-chinese/usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz" \
  > "$out/licenses/Fandol.COPYING"
cp "$doc/texlive-lang-chinese/usr/share/doc/texlive-doc/fonts/fandol/README" "$out/licenses/Fandol.README"
cp "$doc/fonts-lxgw-wenkai/usr/share/doc/fonts-lxgw-wenkai/copyright" "$out/licenses/fonts-lxgw-wenkai.copyright"
cp "$doc/unicode-data/usr/share/doc/unicode-data/copyright" "$out/licenses/unicode-data.copyright"

"$py" subset.py "$doc" "$out"

cd "$out"
if [ -n "$update" ]; then
  LC_ALL=C find . -type f | sed 's|^\./||' | LC_ALL=C sort | xargs sha256sum > "$here/SHA256SUMS"
fi
sha256sum --check --strict --quiet "$here/SHA256SUMS"
mkdir -p "$here/licenses"
cp ./*.ttf ./*.otf tgh8105.txt "$here/"
cp licenses/* "$here/licenses/"
cd "$here"
"$py" verify.py
echo "fonts: all as in SHA256SUMS"
