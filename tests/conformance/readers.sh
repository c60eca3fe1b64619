#!/usr/bin/env bash
# Reads the files of `cargo test files_for_conformance` with programs that are not ours.
#   tests/conformance/readers.sh
# poppler's text must be the text that was set, with nothing added; qpdf must find nothing to complain of;
# every page must have ink. Needs: poppler-utils, qpdf. Takes about 10 s.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
cargo test --quiet --test main files_for_conformance -- --ignored >&2
folder=${CARGO_TARGET_DIR:-target}/tmp/conformance
sha256sum "$folder"/*.pdf > "$folder/first.sha256"
cargo test --quiet --test main files_for_conformance -- --ignored >&2
sha256sum --check --quiet --strict "$folder/first.sha256" # another process writes the same bytes
for file in report plain long; do
  pdf=$folder/$file.pdf
  qpdf --check "$pdf" > "$folder/$file.qpdf" 2>&1 || { cat "$folder/$file.qpdf" >&2; exit 1; }
  errors=$(pdftotext -raw -nopgbrk -enc UTF-8 "$pdf" "$folder/$file.seen" 2>&1)
  [ -z "$errors" ] || { echo "$file: $errors" >&2; exit 1; }
  diff "$folder/$file.txt" "$folder/$file.seen"
  # Columns: emb, sub and uni must all say yes.
  pdffonts "$pdf" | tail -n +3 | awk '!/ yes yes yes /{ print; bad = 1 } END { exit bad }'
done
# A laid-out document, page numbers and line ends apart, in the order of the content and as a page is read.
for order in -raw -layout; do
  pdftotext $order -nopgbrk -enc UTF-8 "$folder/laid.pdf" - | sed 's/^ *//; /^— *[0-9]* *—$/d' \
    | tr -d '\n' > "$folder/laid.seen"
  cmp "$folder/laid.txt" "$folder/laid.seen"
done
qpdf --check "$folder/laid-table.pdf" > "$folder/laid.qpdf" 2>&1 || { cat "$folder/laid.qpdf" >&2; exit 1; }
errors=$(pdftoppm -gray -r 50 "$folder/report.pdf" "$folder/report" 2>&1)
[ -z "$errors" ] || { echo "$errors" >&2; exit 1; }
for page in "$folder"/report-?.pgm; do
  # A page of a few lines: 0.2 to 20 of 100 pixels are not white.
  python3 - "$page" <<'END'
import sys
data = open(sys.argv[1], "rb").read()
pixels = data.split(b"\n", 3)[3]
dark = sum(value < 200 for value in pixels) / len(pixels)
assert 0.002 < dark < 0.2, f"{sys.argv[1]}: {dark:.4f} of the page has ink"
END
done
echo "readers: qpdf and poppler read what was set"
