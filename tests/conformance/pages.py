"""Checks finished PDF files against GB/T 9704-2012 and the house rules, from the file alone."""

import sys

sys.dont_write_bytecode = True

from pages.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
