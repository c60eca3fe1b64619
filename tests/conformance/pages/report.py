"""Findings: failures, which refuse a file, and notes, which do not."""

from dataclasses import dataclass, field

# What a rule rests on.
CLAUSES = {
    "page-size": "GB/T 9704-2012 5.1",
    "type-area": "GB/T 9704-2012 5.2.1",
    "size": "GB/T 9704-2012 5.2.2",
    "face": "GB/T 9704-2012 5.2.2, 7.3.3",
    "grid": "GB/T 9704-2012 5.2.3, pitch 10.450 mm",
    "cells": "GB/T 9704-2012 5.2.3, cell 5.571 mm",
    "page-fill": "GB/T 9704-2012 5.2.3, 22 lines a page",
    "blank-line": "GB/T 9704-2012 5.2.3",
    "colour": "GB/T 9704-2012 5.2.4",
    "title": "GB/T 9704-2012 7.3.1",
    "indent": "GB/T 9704-2012 7.3.3",
    "heading": "GB/T 9704-2012 7.3.3",
    "signature": "GB/T 9704-2012 7.3.5",
    "page-number": "GB/T 9704-2012 7.5",
    "flush-left": "justification",
    "flush-right": "justification",
    "even-gaps": "justification",
    "squeeze": "adjacent marks, CLREQ",
    "line-start": "GB/T 15834-2011 5.1, CLREQ strict",
    "line-end": "GB/T 15834-2011 5.1, CLREQ strict",
    "split": "never split",
    "short-last-line": "孤字不成行",
    "widow": "孤行不成页",
    "keep-with-next": "a heading keeps two lines with it",
    "order": "reading order",
    "unicode": "every glyph has its character",
    "readers-agree": "two readers see one text",
    "fonts": "embedded, subset, ToUnicode",
    "off-page": "no ink outside the page",
    "copied-text": "no added spaces",
}


@dataclass
class Finding:
    """One finding, with its place."""

    rule: str
    page: int
    line: object
    message: str
    failed: bool = True

    def __str__(self):
        place = f"page {self.page}" if self.page else "file"
        if self.line is not None:
            place += f" line {self.line}"
        level = "FAIL" if self.failed else "note"
        return f"{level} {place} [{self.rule}; {CLAUSES[self.rule]}]: {self.message}"


@dataclass
class Report:
    """The findings of one file, and how often each rule was put to the test."""

    findings: list = field(default_factory=list)
    tested: dict = field(default_factory=dict)

    def count(self, rule, number=1):
        """Records that a rule was put to the test."""
        self.tested[rule] = self.tested.get(rule, 0) + number

    def fail(self, rule, page, line, message):
        """Refuses the file."""
        self.findings.append(Finding(rule, page, line, message))

    def note(self, rule, page, line, message):
        """Mentions what may be as it should."""
        self.findings.append(Finding(rule, page, line, message, failed=False))

    def within(self, rule, page, line, what, measured, expected, tolerance, unit="pt"):
        """Fails unless a measure is what it should be."""
        self.count(rule)
        if abs(measured - expected) > tolerance:
            self.fail(
                rule, page, line,
                f"{what} {measured:.3f} {unit}, expected {expected:.3f} ± {tolerance:g} {unit}",
            )

    @property
    def failures(self):
        """The findings that refuse the file."""
        return [finding for finding in self.findings if finding.failed]
