#!/usr/bin/env python3
"""Two independent readers (zbar, zxing-cpp) look at what a method drew, as a telephone would see it (R34).

    qr_oracle.py --payload TEXT --modules N --out DIR [--png FILE] [--svg FILE] [--half-blocks FILE] [--page FILE]...

Each drawing is brought to 2..6 pixels a module and then turned, blurred, seen at an angle, put on a dark page, made
noisy. From 3 pixels up every picture must be read by both readers, or the exit code is 1. A --page is a whole
screenshot, read as it is. A missing reader is a failure too: a check that looked at nothing must not look green.
"""
import argparse
import random
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image, ImageFilter
import zxingcpp

QUIET = 4  # modules around the symbol, ISO/IEC 18004
REQUIRED_FROM = 3  # pixels a module
SIZES = (2, 3, 4, 5, 6)
DARK, LIGHT = 24, 255


def side(modules):
    return modules + 2 * QUIET


def from_png(path, modules, px):
    picture = Image.open(path)
    if picture.mode in ("RGBA", "LA", "P"):
        picture = picture.convert("RGBA")
        assert picture.getextrema()[3][0] == 255, "the drawing lets the page shine through: a dark theme would invert it"
    picture = picture.convert("L")
    assert picture.width == picture.height, f"not square: {picture.size}"
    assert picture.width % side(modules) == 0, f"{picture.width} px are not a whole number for {side(modules)} modules"
    return picture.resize((side(modules) * px,) * 2, Image.NEAREST)


def from_svg(path, modules, px, out):
    target = out / f"svg-{px}.png"
    width = str(side(modules) * px)
    # On black: an SVG without its own background must fail here, since it would on a dark page.
    subprocess.run(["rsvg-convert", "-w", width, "-h", width, "-b", "black", "-o", target, path], check=True)
    return Image.open(target).convert("L")


def from_half_blocks(path, modules, px):
    """Two modules a character. Blocks are light: terminals are dark; with colours set by escape codes, those decide."""
    text = Path(path).read_text()
    coloured = "\x1b[" in text
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in text.splitlines()]
    lines = [line for line in lines if line]
    ink = DARK_INK if coloured and inked_dark(text) else LIGHT_INK
    width = max(len(line) for line in lines)
    picture = Image.new("L", (width, 2 * len(lines)), ink[" "][0])
    for y, line in enumerate(lines):
        for x, block in enumerate(line.ljust(width)):
            picture.putpixel((x, 2 * y), ink[block][0])
            picture.putpixel((x, 2 * y + 1), ink[block][1])
    return picture.resize((picture.width * px, picture.height * px), Image.NEAREST)


LIGHT_INK = {" ": (0, 0), "▀": (255, 0), "▄": (0, 255), "█": (255, 255)}
DARK_INK = {" ": (255, 255), "▀": (0, 255), "▄": (255, 0), "█": (0, 0)}


def inked_dark(text):
    """True where the escape codes ask for a dark foreground on a light background."""
    codes = {int(code) for group in re.findall(r"\x1b\[([0-9;]*)m", text) for code in group.split(";") if code}
    return 30 in codes or 47 in codes or 107 in codes


def page(picture, background):
    """The drawing in the middle of a page, with room so that turning cuts nothing off."""
    wide = int(picture.width * 1.6)
    sheet = Image.new("L", (wide, wide), background)
    sheet.paste(picture, ((wide - picture.width) // 2, (wide - picture.height) // 2))
    return sheet


def perspective(picture, background):
    """As seen by someone who stands a little to the right and above: the far edge is 15 % shorter."""
    w, h = picture.size
    corners = [(0.10 * w, 0.06 * h), (0.95 * w, 0.0), (1.0 * w, 0.97 * h), (0.02 * w, 0.90 * h)]
    source = [(0, 0), (w, 0), (w, h), (0, h)]
    return picture.transform((w, h), Image.PERSPECTIVE, coefficients(corners, source), Image.BICUBIC, fillcolor=background)


def coefficients(target, source):
    """The eight numbers of the projective map target -> source, by Gauss."""
    rows = []
    for (x, y), (u, v) in zip(target, source):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for i in range(8):
        pivot = max(range(i, 8), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(8):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i])]
    return [row[8] for row in rows]


def noisy(picture):
    """A quarter of every pixel is dice, thrown alike in every run."""
    grain = random.Random(34).randbytes(picture.width * picture.height)
    return Image.blend(picture, Image.frombytes("L", picture.size, grain), 0.25)


def views(picture, px):
    light, dark = page(picture, LIGHT), page(picture, DARK)
    yield "straight", light
    yield "dark page", dark
    yield "turned 17", light.rotate(17, Image.BICUBIC, fillcolor=LIGHT)
    yield "turned 17 dark", dark.rotate(17, Image.BICUBIC, fillcolor=DARK)
    yield "upside down", light.rotate(180)
    yield "blurred", light.filter(ImageFilter.GaussianBlur(0.25 * px))
    yield "perspective", perspective(light, LIGHT)
    yield "perspective dark", perspective(dark, DARK)
    yield "noise", noisy(light)


def zbar(paths):
    """What zbarimg reads in each picture; it answers with one XML for all."""
    command = ["zbarimg", "-q", "--xml", "-Sdisable", "-Sqrcode.enable", *map(str, paths)]
    answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert answer.returncode in (0, 4), f"zbarimg failed: {answer.stderr.decode()}"
    if not answer.stdout.strip():
        return {}
    space = "{http://zbar.sourceforge.net/2008/barcode}"
    found = {}
    for source in ElementTree.fromstring(answer.stdout).iter(f"{space}source"):
        found[source.get("href")] = {data.text for data in source.iter(f"{space}data")}
    return found


def zxing(path):
    return {result.text for result in zxingcpp.read_barcodes(Image.open(path), zxingcpp.BarcodeFormat.QRCode)}


def pictures(arguments, out):
    drawings = []
    if arguments.png:
        drawings.append(("png", lambda px: from_png(arguments.png, arguments.modules, px)))
    if arguments.svg:
        drawings.append(("svg", lambda px: from_svg(arguments.svg, arguments.modules, px, out)))
    if arguments.half_blocks:
        drawings.append(("half blocks", lambda px: from_half_blocks(arguments.half_blocks, arguments.modules, px)))
    for kind, draw in drawings:
        for px in SIZES:
            for view, picture in views(draw(px), px):
                path = out / f"{kind}-{px}-{view}.png".replace(" ", "-")
                picture.save(path)
                yield f"{kind}, {px} px, {view}", px >= REQUIRED_FROM, path
    for screenshot in arguments.page:
        yield f"page {Path(screenshot).name}", True, Path(screenshot)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--payload", required=True)
    parser.add_argument("--modules", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--png")
    parser.add_argument("--svg")
    parser.add_argument("--half-blocks")
    parser.add_argument("--page", action="append", default=[])
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)

    cases = list(pictures(arguments, arguments.out))
    assert cases, "nothing to look at"
    by_zbar = zbar([path for _, _, path in cases])
    faults, small = [], 0
    for name, required, path in cases:
        readers = {"zbar": by_zbar.get(str(path), set()), "zxing-cpp": zxing(path)}
        blind = [reader for reader, texts in readers.items() if arguments.payload not in texts]
        if required and blind:
            faults.append(f"{name}: not read by {' and '.join(blind)}")
        small += not required and bool(blind)
    required = sum(required for _, required, _ in cases)
    print("\n".join(faults))
    print(f"{required - len(faults)} of {required} pictures from {REQUIRED_FROM} px up read by both; "
          f"{len(cases) - required - small} of {len(cases) - required} below")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
