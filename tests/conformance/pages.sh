#!/bin/sh
# Checks the layout of finished PDF files: pages.sh FILE.pdf... or pages.sh --self-test [FILE.pdf...]
# The readers go into a virtual environment under target/, made anew when the requirements change.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
venv=${PAGES_VENV:-"${CARGO_TARGET_DIR:-$here/../../target}/conformance-venv"}
if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/installed.txt"
fi
exec "$venv/bin/python" "$here/pages.py" "$@"
