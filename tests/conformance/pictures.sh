#!/usr/bin/env bash
# Compares a few pages with the pictures of them that were looked at and approved.
#   tests/conformance/pictures.sh [--bless] [PROGRAM]     (target/release/shizheng unless another is named)
# The pages are those of the pack `pictures`, in the style of the annual report, drawn by poppler. Where one differs,
# a picture is left that shows what is gone in red and what is new in blue. `--bless` draws the pictures anew: look at
# them before you commit them. Needs: poppler-utils, Python 3. Takes 2 s.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
bless=()
if [ "${1:-}" = --bless ]; then
  bless=(--bless)
  shift
fi
program=${1:-$target/release/shizheng}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/pictures" "$work/pack"
cp "$root/templates/annual-report/style.toml" "$work/pack"
"$program" render "$work/pack/data.json" --pack "$work/pack" -o "$work/pages.pdf" --strict --quiet
errors=$(pdftoppm -gray -r 40 "$work/pages.pdf" "$work/page" 2>&1)
[ -z "$errors" ] || { echo "$errors" >&2; exit 1; }
mkdir -p "$target/pictures"
python3 "$here/pictures/compare.py" "${bless[@]}" --differences "$target/pictures" "$here/pictures/approved" "$work"/page-*.pgm
