#!/usr/bin/env bash
# Sets a report's text with other programs, audits what they make, and looks for the faults that are known of them.
#   tests/conformance/others.sh PROGRAM [TEXT.txt]
# PROGRAM is shizheng; TEXT is what `render --format text` writes, by default a reference of the tests. Needs:
# LibreOffice Writer (soffice), Pango for WeasyPrint, python3 with venv. Takes about 20 s once they are there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=$(realpath "$1")
text=$(realpath "${2:-$root/tests/reference/tongzhu.txt}")
target=${CARGO_TARGET_DIR:-$root/target}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

venv=$target/others-venv
if ! cmp -s "$here/others.txt" "$venv/installed.txt"; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/others.txt"
  cp "$here/others.txt" "$venv/installed.txt"
fi

# The same faces as ours, and no others.
cat > "$work/fonts.conf" <<END
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$root/fonts</dir><cachedir>$work/cache</cachedir></fontconfig>
END
export FONTCONFIG_FILE=$work/fonts.conf
python3 "$here/others.py" "$text" "$work"
cd "$work"
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf report.fodt hanging.fodt > office.log 2>&1 \
  || { cat office.log >&2; exit 1; }
"$venv/bin/weasyprint" report.html web.pdf
for name in report hanging web; do
  status=0
  "$program" audit "$name.pdf" --format json > "$name.json" || status=$?
  [ "$status" -eq 1 ] || { echo "$name.pdf: audit ended with $status, expected 1" >&2; exit 1; }
done

python3 - "$text" <<'END'
import json
import re
import sys

failed = {}
for name in ("report", "hanging", "web"):
    with open(f"{name}.json", encoding="utf-8") as file:
        report = json.load(file)
    failed[name] = {
        clause["id"]: [found for found in clause["findings"] if found["fails"]]
        for clause in report["clauses"]
        if clause["verdict"] == "fail"
    }
    passed = {clause["id"] for clause in report["clauses"] if clause["verdict"] == "pass"}
    print(f"{name}: {report['passed']} passed, {report['failed']} failed: {' '.join(sorted(failed[name]))}")
    # What these programs do well is no fault: the page and the size of the text were asked of them.
    for good in ("page-size", "body-size", "body-face", "colour", "numbering"):
        assert good in passed, f"{name}: {good} did not pass: {failed[name].get(good)}"


def measured(name, clause, words):
    return [found for found in failed[name].get(clause, []) if words in found["measured"]["en"]]


# WeasyPrint does not stretch lines of hanzi: they end where their last cell does.
ragged = measured("web", "flush-edge", "short of")
assert len(ragged) > 50, f"web: {len(ragged)} ragged lines"
# LibreOffice lets marks hang into the margin when it is told to, so that the edge of the type area loses them.
hanging = measured("hanging", "flush-edge", "beyond")
assert len(hanging) > 5, f"hanging: {len(hanging)} hanging marks"
assert all(found["text"][-1] in "，。、；：" for found in hanging), hanging
assert measured("hanging", "type-area", "right edge"), "hanging: nothing outside the type area"
assert not measured("report", "flush-edge", "beyond"), "report: marks hang without being told to"
# And it parts numbers between two lines.
parted = measured("report", "split", "a number")
assert parted, "report: no number is parted"
for found in parted:
    head = re.search("…(.*)[|](.*)…", found["measured"]["en"])
    assert head and head[1] + head[2] in "".join(open(sys.argv[1], encoding="utf-8").read().split()), found
END
