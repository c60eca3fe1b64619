"""The command line: `pages.py FILE.pdf...`, `pages.py --self-test [FILE.pdf...]`."""

import argparse
import logging

from . import breaking, file, geometry, read, structure
from .report import Report


def examine(path):
    """Returns the report on one file."""
    report = Report()
    pages = read.read(path)
    blocks = structure.blocks(pages)
    geometry.check(pages, blocks, report)
    breaking.check(pages, blocks, report)
    file.check(path, pages, report)
    report.findings.sort(key=lambda finding: (finding.page, finding.line or 0, finding.rule))
    return report, pages, blocks


def main(arguments):
    """Runs the checker; returns 1 if a file is refused."""
    parser = argparse.ArgumentParser(prog="pages.py", description="Checks the layout of PDF files against GB/T 9704-2012.")
    parser.add_argument("files", nargs="*", metavar="FILE.pdf")
    parser.add_argument("--self-test", action="store_true", help="spoil a good document (and the files given) and see each spoiled one refused")
    parser.add_argument("--structure", action="store_true", help="print what each line was taken for")
    parser.add_argument("--quiet", action="store_true", help="print failures and the result, no notes")
    options = parser.parse_args(arguments)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    if options.self_test:
        from .spoil import self_test

        return self_test(options.files)
    if not options.files:
        parser.error("no file given")
    refused = 0
    for path in options.files:
        report, pages, blocks = examine(path)
        for finding in report.findings:
            if finding.failed or not options.quiet:
                print(f"{path}: {finding}")
        if options.structure:
            print_structure(blocks)
        lines = sum(line.role != "folio" for page in pages for line in page.lines)
        justified = sum(len(b.lines) - 1 for b in blocks if b.kind in ("paragraph", "flush"))
        notes = len(report.findings) - len(report.failures)
        result = "refused" if report.failures else "accepted"
        print(
            f"{path}: {result}: {len(report.failures)} failures, {notes} notes; {len(pages)} pages, {lines} lines "
            f"({justified} justified), {sum(report.tested.values())} checks by {len(report.tested)} rules"
        )
        refused += bool(report.failures)
    return 1 if refused else 0


def print_structure(blocks):
    """Prints what each line was taken for."""
    for block in blocks:
        kind = block.kind + (f" level {block.level}{' run in' if block.run_in else ''}" if block.level else "")
        for line in block.lines:
            print(f"{line.page:3} {line.number:3} {kind:22} {line.text}")
