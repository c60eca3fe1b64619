"""Compares this program with Typst: the same text, faces and page, one process after the other, in one run.

    python compare.py SHIZHENG DATA.json FACES OURS

FACES are the font files as their packages have them, OURS those of this program, which are cut down. Prints a table of
medians. CPU time and memory are the system's own account of each process; what Python takes to start
is measured beside and taken off Typst's time. To load Typst's library counts, as to load this program does.
"""

import json
import os
import pathlib
import re
import statistics
import sys
import tempfile

RUNS = 11

HEAD = """\
#set document(title: "x", date: datetime(year: 2026, month: 1, day: 5))
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), footer: context align(right,
  text(font: "Noto Serif SC", size: 14pt)[— #counter(page).display() —]))
#set text(font: ("FandolFang R", "Noto Serif SC", "FALLBACK"), size: 15.75pt, lang: "zh", region: "cn",
  top-edge: 0.8em, bottom-edge: -0.2em)
#set par(justify: true, leading: 13.2pt, spacing: 13.2pt, first-line-indent: (amount: 2em, all: true))
#show heading.where(level: 1): it => par(text(font: "Noto Sans SC", weight: "medium", size: 15.75pt, it.body))
#show heading.where(level: 2): it => par(text(font: "FandolKai", weight: "regular", size: 15.75pt, it.body))
"""

COMPILE = """
import sys, typst
for nth in range(int(sys.argv[4])):
    typst.compile(sys.argv[1].format(nth), output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True,
                  pdf_standards=["a-2a"])
"""

# More than one document of each are of this many cities: what the first left in a memory is no help for the next.
MANY = 21


def spend(command):
    """Runs a command and returns its CPU time in milliseconds and its peak memory in MiB."""
    # A forked child would be charged a millisecond for the copy of this process.
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    child = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"{command} failed")
    return (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024


def medians(commands, runs=RUNS):
    """Runs commands in turn, so that a busy machine is busy for all of them."""
    seen = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            seen[name].append(spend(command))
    return {name: tuple(statistics.median(column) for column in zip(*rows)) for name, rows in seen.items()}


# What the face of last resort is called: in its package, and cut down.
FALLBACKS = "LXGW WenKai", "Shizheng Fallback Kai"


def markup(text, fallback):
    """Makes Typst's markup of the plain text: a title, headings, paragraphs."""
    def plain(line):
        return re.sub(r"([\\#$*_`<>@=\-+/\[\]~\"'])", r"\\\1", line)

    title, *lines = [line.strip() for line in text.split("\n") if line.strip()]
    parts = [HEAD.replace("FALLBACK", fallback), f'#align(center, text(font: "Noto Serif SC", weight: "semibold", size: 22pt)[{plain(title)}])\n']
    for line in lines:
        second = re.match(r"(（[一二三四五六七八九十]+）[^。]*。?)(.*)", line)
        if re.match(r"[一二三四五六七八九十]+、", line) and len(line) < 40:
            parts.append(f"= {plain(line)}\n")
        elif second:
            parts.append(f'#text(font: "FandolKai")[{plain(second[1])}]{plain(second[2])}\n')
        else:
            parts.append(plain(line) + "\n")
    return "\n".join(parts)


def city(nth):
    """Returns the name of a city, as long as the sample's."""
    return f"{'东南西北中山水'[nth // 7]}{'云林石桥河湖海'[nth % 7]}市"


def batch(program, data, work, count):
    """Returns the call that renders some documents in one process, each for a city of its own."""
    report, lines = json.loads(pathlib.Path(data).read_text(encoding="utf-8")), work / f"{count}.jsonl"
    with open(lines, "w", encoding="utf-8") as file:
        for nth in range(count):
            report["report"]["city"] = city(nth)
            file.write(json.dumps(report, ensure_ascii=False) + "\n")
    out = str(work / "out")
    return [program, "render", str(lines), "--jsonl", "--name", "{report.city}.pdf", "--out-dir", out, "--jobs", "1"]


def main():
    program, data, *faces = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        ours, theirs = work / "ours.pdf", [work / "theirs.pdf", work / "theirs-cut.pdf"]
        spend([program, "render", data, "--format", "text", "-o", str(work / "report.txt")])
        text, name = (work / "report.txt").read_text(encoding="utf-8"), json.loads(pathlib.Path(data).read_text())["report"]["city"]
        if name not in text:
            sys.exit(f"{name} is not in the text")
        for of, fallback in zip(("whole", "cut"), FALLBACKS):
            (work / f"{of}.typ").write_text(markup(text, fallback), encoding="utf-8")
            for nth in range(MANY):
                source = markup(text.replace(name, city(nth)), fallback)
                (work / f"{of}-{nth}.typ").write_text(source, encoding="utf-8")

        def typst(source, out, of, count):
            """Returns the call that has Typst make a document, or one of each of some cities, with faces of a folder."""
            source = f"{'whole' if of == faces[0] else 'cut'}{source}.typ"
            return [sys.executable, "-c", COMPILE, str(work / source), str(out), of, str(count)]

        seen = medians({
            "ours": [program, "render", data, "-o", str(ours)],
            **{of: typst("", out, of, 1) for of, out in zip(faces, theirs)},
            "python": [sys.executable, "-c", "import sys"],
            "--help": [program, "--help"],
            "fields": [program, "fields"],
            "schema": [program, "schema"],
        })
        many = medians({
            **{(of, count): typst("-{}", work / "city.pdf", of, count) for of in faces for count in (1, MANY)},
            "our one": batch(program, data, work, 1),
            "our many": batch(program, data, work, MANY),
        }, runs=5)
        each = [(many[of, MANY][0] - many[of, 1][0]) / (MANY - 1) for of in faces]
        our_each = (many["our many"][0] - many["our one"][0]) / (MANY - 1)
        cpu, memory = seen["ours"]

        def row(what, own, others, form, places):
            """Prints ours, and Typst's with what it is of ours, for either faces."""
            cells = [f"{form(other)} | {other / own:.{places}f}" for other in others]
            print(f"| {what} | {form(own)} | {' | '.join(cells)} |")

        def milliseconds(spent):
            return f"{spent:.1f} ms"

        print("| | this program | Typst 0.15.2 | Typst / this | Typst, faces cut down | Typst / this |")
        print("|---|---|---|---|---|---|")
        own = [seen[of][0] - seen["python"][0] for of in faces]
        row("one document, CPU", cpu, own, milliseconds, 1)
        row("peak memory", memory, [seen[of][1] for of in faces], lambda size: f"{size:.1f} MiB", 1)
        row("each further document in one process, CPU", our_each, each, milliseconds, 1)
        row("size of the file", ours.stat().st_size, [out.stat().st_size for out in theirs], "{:,}".format, 3)
        for name in ("--help", "fields", "schema"):
            print(f"| `{name}`, CPU | {seen[name][0]:.1f} ms | | | | |")


main()
