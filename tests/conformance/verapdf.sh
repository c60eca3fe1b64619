#!/usr/bin/env bash
# Validates PDF files against PDF/A-2a and PDF/UA-1 with veraPDF, and proves that it can say no.
#   tests/conformance/verapdf.sh [FILE.pdf ...]
# Without files it checks those that `cargo test files_for_conformance` writes.
# Needs: JDK 11+, Maven (the first run fetches 19 MB), Python 3. Exit 0: every file passes both.
# Takes 2 to 4 s for a short file and each profile; half a minute without arguments (five files, one of 500 pages).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${WORK:-$root/target/conformance}
mkdir -p "$work"

if [ ! -e "$work/lib/.complete" ]; then
  mvn --quiet --batch-mode --file "$here/pom.xml" dependency:copy-dependencies \
    "-DoutputDirectory=$work/lib"
  touch "$work/lib/.complete"
fi
# Its exit code is 1 when a file fails, which is told by what it prints.
verapdf() { java -cp "$work/lib/*" org.verapdf.apps.GreenfieldCliWrapper --format text -v "$@" || true; }

files=("$@")
if [ ${#files[@]} -eq 0 ]; then
  (cd "$root" && cargo test --quiet --test main files_for_conformance -- --ignored >&2)
  files=("$root"/target/tmp/conformance/*.pdf)
fi

# Files without a title shown, without an intent for their colours, without a word that they are tagged.
python3 - "${files[0]}" "$work" <<'END'
import pathlib, sys
good, work = pathlib.Path(sys.argv[1]).read_bytes(), pathlib.Path(sys.argv[2])
for name, old, new in [("ua1", b"/DisplayDocTitle true", b"/DisplayDocTitle null"),
                       ("2a", b"/S/GTS_PDFA1", b"/S/GTS_PDFX1"),
                       ("2a-tags", b"/Marked true", b"/Marked null")]:
    assert good.count(old) == 1, old
    (work / f"spoiled-{name}.pdf").write_bytes(good.replace(old, new))
END

failed=0
for flavour in 2a ua1; do
  said=$(verapdf --flavour "$flavour" "${files[@]}")
  printf '%s\n' "$said"
  passed=$(grep -c '^PASS ' <<< "$said" || true)
  [ "$passed" -eq ${#files[@]} ] || failed=1
done
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
