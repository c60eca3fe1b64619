"""Draws the logo of the city of 澄屿, which is invented as the city is, into `chengyu-report/logo.png`.

A red sun behind the island, above three waves, on nothing. It needs Python alone.
"""

import struct
import zlib
from math import hypot, sin, pi
from pathlib import Path

SIZE = 400
FINE = 3  # each point is drawn so many times in either direction, and the mean is taken
BLUE, GREEN, RED = (0, 92, 148), (34, 112, 84), (205, 52, 44)


def color(x, y):
    """Returns the colour of a place, both between 0 and 1, or None where there is nothing."""
    if 0.440 < hypot(x - 0.5, y - 0.5) < 0.480:
        return BLUE
    if hypot(x - 0.5, y - 0.5) >= 0.425:
        return None
    for nth in range(3):
        middle = 0.660 + 0.080 * nth + 0.016 * sin(4 * pi * x + nth)
        if abs(y - middle) < 0.022:
            return BLUE
    if y < 0.615:
        hill = 0.615 - max(0.270 - 1.15 * abs(x - 0.40), 0.190 - 0.95 * abs(x - 0.62))
        if y > hill:
            return GREEN
        if hypot(x - 0.53, y - 0.36) < 0.145:
            return RED
    return None


def point(column, row):
    parts = [
        color((column + (i + 0.5) / FINE) / SIZE, (row + (j + 0.5) / FINE) / SIZE)
        for i in range(FINE)
        for j in range(FINE)
    ]
    seen = [part for part in parts if part]
    if not seen:
        return (255, 255, 255, 0)
    mean = [round(sum(part[channel] for part in seen) / len(seen)) for channel in range(3)]
    return (*mean, round(255 * len(seen) / len(parts)))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main():
    rows = b"".join(
        b"\0" + b"".join(bytes(point(column, row)) for column in range(SIZE)) for row in range(SIZE)
    )
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    png += chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    (Path(__file__).parent / "chengyu-report" / "logo.png").write_bytes(png)


if __name__ == "__main__":
    main()
