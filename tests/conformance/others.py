"""Writes the text of a report as a web page and as a flat OpenDocument file, for other programs to set.

others.py TEXT.txt FOLDER writes report.html, report.fodt and hanging.fodt, which lets marks hang over the edge.
"""

import html
import re
import sys
from pathlib import Path

# What an office would choose: the standard's margins, 三号 in 28 points.
PAGE = {"top": "37mm", "left": "28mm", "right": "26mm", "bottom": "35mm"}
HEADING = re.compile("^[一二三四五六七八九十]+、")


def paragraphs(text):
    """The lines of the title, and the paragraphs from the first sentence on: the text format has one a line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = next(number for number, line in enumerate(lines) if "。" in line)
    return lines[:first], lines[first:]


def web_page(title, body):
    """A web page as a careful author would style it."""
    rows = "\n".join(
        f'<p class="{"h1" if HEADING.match(line) else "text"}">{html.escape(line)}</p>' for line in body
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{html.escape(title[0])}</title><style>
@page {{ size: A4; margin: {PAGE["top"]} {PAGE["right"]} {PAGE["bottom"]} {PAGE["left"]};
  @bottom-right {{ content: "— " counter(page) " —"; font: 14pt "Noto Serif SC"; vertical-align: top; padding-top: 7mm }} }}
body {{ margin: 0 }}
h1 {{ font: 600 22pt/1.5 "Noto Serif SC"; text-align: center; margin: 0 0 29pt }}
p {{ font: 16pt/28pt "FandolFang"; text-indent: 2em; margin: 0; text-align: justify }}
p.h1 {{ font-family: "Noto Sans SC" }}
</style></head><body><h1>{"<br>".join(html.escape(line) for line in title)}</h1>
{rows}
</body></html>
"""


def flat_document(title, body, hanging):
    """A flat OpenDocument text."""
    wrap = "hanging" if hanging else "simple"
    rows = "\n".join(
        f'<text:p text:style-name="{"Level" if HEADING.match(line) else "Body"}">{html.escape(line)}</text:p>'
        for line in body
    )
    common = (
        f'fo:text-indent="32pt" fo:text-align="justify" fo:line-height="28pt" style:punctuation-wrap="{wrap}"'
        ' style:line-break="strict" fo:margin-top="0cm" fo:margin-bottom="0cm"'
    )

    def face(name, size):
        return (
            f'<style:text-properties style:font-name-asian="{name}" style:font-name="{name}"'
            f' fo:font-size="{size}" style:font-size-asian="{size}"/>'
        )

    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls>
<style:font-face style:name="FandolFang" svg:font-family="FandolFang"/>
<style:font-face style:name="Noto Sans SC" svg:font-family="&apos;Noto Sans SC&apos;"/>
<style:font-face style:name="Noto Serif SC" svg:font-family="&apos;Noto Serif SC&apos;"/>
</office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph">
<style:paragraph-properties style:punctuation-wrap="{wrap}"/>
<style:text-properties style:language-asian="zh" style:country-asian="CN" fo:language="zh" fo:country="CN"/>
</style:default-style>
<style:style style:name="Title" style:family="paragraph">
<style:paragraph-properties fo:text-align="center" fo:line-height="33pt" fo:margin-bottom="28pt"/>
{face("Noto Serif SC", "22pt")}</style:style>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties {common}/>
{face("FandolFang", "16pt")}</style:style>
<style:style style:name="Level" style:family="paragraph"><style:paragraph-properties {common}/>
{face("Noto Sans SC", "16pt")}</style:style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="A4">
<style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin-top="{PAGE["top"]}"
 fo:margin-bottom="{PAGE["bottom"]}" fo:margin-left="{PAGE["left"]}" fo:margin-right="{PAGE["right"]}"/>
</style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>
<office:body><office:text><text:p text:style-name="Title">{"<text:line-break/>".join(html.escape(line) for line in title)}</text:p>
{rows}
</office:text></office:body></office:document>
"""


def main(words):
    """Writes the three files."""
    source, folder = Path(words[0]), Path(words[1])
    title, body = paragraphs(source.read_text(encoding="utf-8"))
    (folder / "report.html").write_text(web_page(title, body), encoding="utf-8")
    (folder / "report.fodt").write_text(flat_document(title, body, False), encoding="utf-8")
    (folder / "hanging.fodt").write_text(flat_document(title, body, True), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
