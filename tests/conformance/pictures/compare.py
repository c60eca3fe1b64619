"""Compares pictures of pages with approved ones: compare.py [--bless] --differences FOLDER APPROVED PAGE.pgm...

Renderers of other versions smooth edges otherwise, so both are blurred a little first, and what is left over may be
small. A letter that is gone, or stands a millimetre off, is not small. It is shown three spoiled pictures each time and
has to refuse them.
"""

import argparse
import pathlib
import struct
import sys
import zlib

# Of 255, after blurring: more than another version of the renderer does, less than a missing letter.
MOST = 70
# Of 255, over the whole page.
MOST_ON_AVERAGE = 1.2


def read_pgm(path):
    """Returns width and rows of a picture as poppler writes it."""
    kind, size, depth, pixels = path.read_bytes().split(b"\n", 3)
    assert (kind, depth) == (b"P5", b"255"), f"{path} is no gray picture"
    width, height = map(int, size.split())
    return [bytearray(pixels[row * width : (row + 1) * width]) for row in range(height)]


def write_png(path, rows, channels=1):
    """Writes rows of gray (1) or red, green and blue (3)."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", len(rows[0]) // channels, len(rows), 8, {1: 0, 3: 2}[channels], 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def read_png(path):
    """Reads what write_png wrote."""
    data = path.read_bytes()
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    assert (depth, kind, data[37:41]) == (8, 0, b"IDAT"), f"{path} was not written by --bless"
    raw = zlib.decompress(data[41 : 41 + struct.unpack(">I", data[33:37])[0]])
    assert not any(raw[:: width + 1]), f"{path} was not written by --bless"
    return [bytearray(raw[row * (width + 1) + 1 : (row + 1) * (width + 1)]) for row in range(height)]


def blur(rows):
    """Averages each pixel with its neighbours."""
    width, height = len(rows[0]), len(rows)
    sums = [[row[max(x - 1, 0)] + row[x] + row[min(x + 1, width - 1)] for x in range(width)] for row in rows]
    lines = [(sums[max(y - 1, 0)], sums[y], sums[min(y + 1, height - 1)]) for y in range(height)]
    return [[(above + own + below) // 9 for above, own, below in zip(*line)] for line in lines]


def difference(approved, now):
    """Returns the largest difference and the average one."""
    if (len(approved), len(approved[0])) != (len(now), len(now[0])):
        return 255, 255.0
    distances = [abs(a - b) for one, two in zip(blur(approved), blur(now)) for a, b in zip(one, two)]
    return max(distances), sum(distances) / len(distances)


def is_same(approved, now):
    largest, average = difference(approved, now)
    return largest <= MOST and average <= MOST_ON_AVERAGE


def show(path, approved, now):
    """Draws what is gone in red and what is new in blue."""
    rows = []
    for old, new in zip(approved, now):
        rows.append(bytearray(value for a, b in zip(old, new) for value in (b, min(a, b), a)))
    write_png(path, rows, 3)


def prove(rows):
    """Sees spoiled pictures refused, and one that another renderer might have made passed."""
    width, height = len(rows[0]), len(rows)
    aside = [bytearray(row[-2:] + row[:-2]) for row in rows]
    # A letter of the body is nine pixels high and wide; the darkest is at least a letter.
    boxes = [(sum(255 - v for row in rows[y : y + 9] for v in row[x : x + 9]), x, y)
             for y in range(40, height - 40, 3) for x in range(40, width - 40, 3)]
    inked = sorted(box for box in boxes if box[0] > 3000)
    _, x, y = inked[len(inked) // 2]
    gone = [bytearray(row) for row in rows]
    for row in gone[y : y + 9]:
        row[x : x + 9] = b"\xff" * 9
    added = [bytearray(row) for row in rows]
    for row in added[20:24]:
        row[20:28] = b"\0" * 8
    for name, spoiled in (("moved", aside), ("without a letter", gone), ("with a spot", added)):
        assert not is_same(rows, spoiled), f"a page {name} passes: the comparison is worth nothing"
    noisy = [bytearray(min(v + 12 * ((x + y) % 2), 255) for x, v in enumerate(row)) for y, row in enumerate(rows)]
    assert is_same(rows, noisy), "a page with a little noise is refused"


def main():
    parser = argparse.ArgumentParser(description="Compares pictures of pages with approved ones.")
    parser.add_argument("--bless", action="store_true", help="write the approved pictures")
    parser.add_argument("--some", action="store_true", help="there are approved pictures of other pages, too")
    parser.add_argument("--differences", type=pathlib.Path, required=True)
    parser.add_argument("approved", type=pathlib.Path)
    parser.add_argument("pages", type=pathlib.Path, nargs="+")
    options = parser.parse_args()
    wanted = {page.stem: options.approved / f"{page.stem}.png" for page in options.pages}
    if options.bless:
        options.approved.mkdir(exist_ok=True)
        for old in [] if options.some else options.approved.glob("*.png"):
            old.unlink()
        for page in options.pages:
            write_png(wanted[page.stem], read_pgm(page))
        return 0
    known = {path.stem for path in options.approved.glob("*.png")}
    failed = not known >= set(wanted) if options.some else known != set(wanted)
    if failed:
        print(f"pictures: {len(wanted)} pages where {len(known)} were approved", file=sys.stderr)
    for page in options.pages:
        if page.stem not in known:
            continue
        approved, now = read_png(wanted[page.stem]), read_pgm(page)
        prove(approved)
        if not is_same(approved, now):
            failed = True
            shown = options.differences / f"{page.stem}.png"
            show(shown, approved, now)
            largest, average = difference(approved, now)
            print(f"pictures: {page.stem} differs by up to {largest}, {average:.2f} on average, of 255: {shown}", file=sys.stderr)
    if not failed:
        print(f"pictures: {len(wanted)} pages look as they were approved; spoiled ones are refused")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
