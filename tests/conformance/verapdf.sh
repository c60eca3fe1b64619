#!/usr/bin/env bash
# Validates PDF files against PDF/A-2a (those that carry their data file: PDF/A-3a) and PDF/UA-1 with veraPDF, and
# proves that it can say no.
#   tests/conformance/verapdf.sh [FILE.pdf ...]
# Without files it checks those that `cargo test files_for_conformance` writes.
# Needs: JDK 11+, Maven (the first run fetches 19 MB), Python 3, qpdf. Exit 0: every file passes both.
# Takes 2 to 4 s for a short file and each profile; half a minute without arguments (six files, one of 500 pages and one of checking sheets).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
work=${WORK:-$target/conformance}
mkdir -p "$work"

if [ ! -e "$work/lib/.complete" ]; then
  mvn --quiet --batch-mode --file "$here/pom.xml" dependency:copy-dependencies \
    "-DoutputDirectory=$work/lib"
  touch "$work/lib/.complete"
fi
# Its exit code is 1 when a file fails, which is told by what it prints.
verapdf() { java -cp "$work/lib/*" org.verapdf.apps.GreenfieldCliWrapper --format text -v "$@" || true; }

files=("$@")
carrying=()
if [ ${#files[@]} -eq 0 ]; then
  (cd "$root" && cargo test --quiet --test main files_for_conformance -- --ignored >&2)
  files=("$target"/tmp/conformance/*.pdf)
  # Those that carry their data file are PDF/A-3a.
  carrying=("$target"/tmp/conformance/3a/*.pdf)
fi

# A file with its objects laid open, which is as good as before; and of it files without a title shown, without an intent
# for their colours, without a word that they are tagged.
qpdf --object-streams=disable --stream-data=preserve --newline-before-endstream "${files[0]}" "$work/open.pdf"
files+=("$work/open.pdf")
python3 - "$work" <<'END'
import pathlib, sys
work = pathlib.Path(sys.argv[1])
good = (work / "open.pdf").read_bytes()
for name, old, new in [("ua1", b"/DisplayDocTitle true", b"/DisplayDocTitle null"),
                       ("2a", b"/S /GTS_PDFA1", b"/S /GTS_PDFX1"),
                       ("2a-tags", b"/Marked true", b"/Marked null")]:
    assert good.count(old) == 1, old
    (work / f"spoiled-{name}.pdf").write_bytes(good.replace(old, new))
END

failed=0
validate() { # FLAVOUR FILE...
  local flavour=$1 said passed
  shift
  said=$(verapdf --flavour "$flavour" "$@")
  printf '%s\n' "$said"
  passed=$(grep -c '^PASS ' <<< "$said" || true)
  [ "$passed" -eq $# ] || failed=1
}
validate 2a "${files[@]}"
validate ua1 "${files[@]}"
if [ ${#carrying[@]} -gt 0 ]; then
  validate 3a "${carrying[@]}"
  validate ua1 "${carrying[@]}"
fi
for case in 2a:spoiled-2a 2a:spoiled-2a-tags ua1:spoiled-ua1; do
  said=$(verapdf --flavour "${case%%:*}" "$work/${case#*:}.pdf")
  if ! grep -q '^FAIL ' <<< "$said"; then
    echo "veraPDF lets ${case#*:}.pdf pass: its word is worth nothing here" >&2
    failed=1
  fi
done
if [ "$failed" -eq 0 ]; then
  echo "verapdf: ${#files[@]} files pass PDF/A-2a and PDF/UA-1, 3 spoiled ones fail"
fi
exit "$failed"
