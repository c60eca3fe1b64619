"""Makes cmyk.icc from CGATS001Compat-v2-micro.icc: make_profile.py INPUT OUTPUT

The input (CC0, of saucecontrol's Compact-ICC-Profiles, as the npm package pdfjs-dist 5.3.93 has it in
iccs/) leads from CMYK to Lab alone and calls itself an input device. PDF/A-2 (6.2.3) wants an output
device, and an output device has the way back as well (ICC.1:2001-04, 6.3.3). This adds it: for each
point of a grid in Lab, the CMYK whose Lab is nearest, with black ink taking the place of gray.
It uses the standard library alone and no random numbers: the same bytes each time.
"""
import hashlib
import struct
import sys

INPUT = "73e1ba37d2bad5bab2a964f40a9eed96209666efc067c3322626214bbef234a0"
GRID = 9  # points to a side of the Lab grid


def tags(profile):
    count = struct.unpack(">I", profile[128:132])[0]
    found = {}
    for index in range(count):
        name, offset, length = struct.unpack(">4sII", profile[132 + 12 * index:144 + 12 * index])
        found[name] = profile[offset:offset + length]
    return found


class Forward:
    """CMYK to Lab, as the `mft2` tag has it, by linear interpolation in four dimensions."""

    def __init__(self, tag):
        assert tag[:4] == b"mft2"
        self.inputs, self.outputs, self.grid = tag[8], tag[9], tag[10]
        assert (self.inputs, self.outputs) == (4, 3)
        entries_in, entries_out = struct.unpack(">HH", tag[48:52])
        values = struct.unpack(f">{(len(tag) - 52) // 2}H", tag[52:len(tag) // 2 * 2])
        size_in = 4 * entries_in
        self.curves_in = [values[i * entries_in:(i + 1) * entries_in] for i in range(4)]
        self.table = values[size_in:size_in + 3 * self.grid ** 4]
        rest = values[size_in + 3 * self.grid ** 4:]
        self.curves_out = [rest[i * entries_out:(i + 1) * entries_out] for i in range(3)]

    @staticmethod
    def curve(points, value):
        place = min(max(value, 0.0), 1.0) * (len(points) - 1)
        low = min(int(place), len(points) - 2)
        return (points[low] + (points[low + 1] - points[low]) * (place - low)) / 65535

    def lab(self, cmyk):
        side = self.grid - 1
        corners = [(0, 1.0)]
        for ink, curve in zip(cmyk, self.curves_in):
            place = self.curve(curve, ink) * side
            low = min(int(place), side - 1)
            part = place - low
            corners = [
                (index * self.grid + low + step, weight * share)
                for index, weight in corners
                for step, share in ((0, 1 - part), (1, part))
                if share > 0
            ]
        sums = [sum(self.table[3 * index + channel] * weight for index, weight in corners) / 65535
                for channel in range(3)]
        l, a, b = (self.curve(curve, value) for curve, value in zip(self.curves_out, sums))
        # The Lab encoding of version 2: 0xFF00 is L 100, 0x8000 is a 0.
        return l * 65535 / 652.8, a * 65535 / 256 - 128, b * 65535 / 256 - 128


def nearest(forward, lab):
    """Searches downhill with steps that halve; black follows from how gray and how dark the colour is."""
    chroma = (lab[1] ** 2 + lab[2] ** 2) ** 0.5
    black = max(0.0, (55 - lab[0]) / 55) * max(0.0, 1 - chroma / 60)
    if chroma < 1:
        black = max(0.0, (90 - lab[0]) / 90)

    def distance(cmy):
        got = forward.lab((*cmy, black))
        return sum((one - two) ** 2 for one, two in zip(got, lab)) + 0.01 * sum(cmy)

    at = [0.4, 0.4, 0.4]
    best = distance(at)
    step = 0.4
    while step > 0.002:
        moved = False
        for ink in range(3):
            for move in (step, -step):
                trial = list(at)
                trial[ink] = min(max(trial[ink] + move, 0.0), 1.0)
                reached = distance(trial)
                if reached < best - 1e-12:
                    at, best, moved = trial, reached, True
        if not moved:
            step /= 2
    return (*at, black), best


IDENTITY = struct.pack(">9i", *(65536 if index % 4 == 0 else 0 for index in range(9)))
RAMP = bytes(range(256))


def lut8(inputs, outputs, grid, table):
    head = struct.pack(">4sIBBBx", b"mft1", 0, inputs, outputs, grid)
    return head + IDENTITY + RAMP * inputs + bytes(table) + RAMP * outputs


def main(source, target):
    profile = open(source, "rb").read()
    assert hashlib.sha256(profile).hexdigest() == INPUT, "not the profile that this is made for"
    old = tags(profile)
    forward = Forward(old[b"A2B0"])

    back, gamut = [], []
    for l in range(GRID):
        for a in range(GRID):
            for b in range(GRID):
                # The 8-bit Lab encoding: a and b from -128 to 127.
                lab = (l * 100 / (GRID - 1), a * 255 / (GRID - 1) - 128, b * 255 / (GRID - 1) - 128)
                if l == GRID - 1 and abs(lab[1]) < 1 and abs(lab[2]) < 1:
                    cmyk, error = (0.0, 0.0, 0.0, 0.0), 0.0  # paper stays blank
                else:
                    cmyk, error = nearest(forward, lab)
                back.extend(round(ink * 255) for ink in cmyk)
                gamut.append(0 if error < 25 else 255)

    name = b"Shizheng CMYK"
    desc = (b"desc" + bytes(4) + struct.pack(">I", len(name) + 1) + name + b"\0"
            + bytes(4 + 4 + 2 + 1 + 67))
    there, here = old[b"A2B0"], lut8(3, 4, GRID, back)
    parts = [
        ((b"desc",), desc),
        ((b"cprt",), b"text" + bytes(4) + b"CC0\0"),
        ((b"wtpt",), old[b"wtpt"]),
        ((b"A2B0", b"A2B1", b"A2B2"), there),
        ((b"B2A0", b"B2A1", b"B2A2"), here),
        ((b"gamt",), lut8(3, 1, GRID, gamut)),
    ]
    count = sum(len(names) for names, _ in parts)
    offset = 132 + 12 * count
    directory, body = struct.pack(">I", count), b""
    for names, data in parts:
        for tag in names:
            directory += struct.pack(">4sII", tag, offset + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = bytearray(profile[:128])
    head[0:4] = struct.pack(">I", offset + len(body))
    head[4:8] = bytes(4)  # no preferred engine
    head[12:16] = b"prtr"
    head[36:128] = bytes(92)
    head[36:40] = b"acsp"
    head[68:80] = struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)  # D50
    result = bytes(head) + directory + body
    open(target, "wb").write(result)
    print(len(result), hashlib.sha256(result).hexdigest())
    for inks in ((0, 0, 0, 0), (0, .8, .8, 0), (0, 0, 0, 1), (1, 0, 0, 0)):
        print(inks, ["%.1f" % value for value in forward.lab(inks)])


main(*sys.argv[1:])
