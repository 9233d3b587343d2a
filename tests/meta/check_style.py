# SPDX-License-Identifier: Apache-2.0
"""House rules that a machine can hold: layers, system headers, sizes, licence lines, comments, binary numbers."""
import pathlib
import re
import statistics
import sys
import source
from tap import Tap

LAYERS = ["core", "num", "time", "terms", "codec", ("sla", "pricing", "kpi", "lifecycle"), "ledger", "desk"]
SYSTEM = {"limits.h", "stdalign.h", "stdatomic.h", "stdbool.h", "stddef.h", "stdint.h", "string.h"}
FILE_LINES = 500
FUNCTION_LINES = 70
MEDIAN_LINES = 15
LINE_WIDTH = 120


def below(folder):
    """The folders that a file of this one may include from."""
    allowed = {folder}
    for layer in LAYERS:
        if folder in layer if isinstance(layer, tuple) else folder == layer:
            return allowed
        allowed.update(layer if isinstance(layer, tuple) else (layer,))
    raise KeyError(folder)


def arrows(root):
    """Includes that point upward or sideways."""
    for path in source.files(root, ".c", ".h", ".def", folders=("lib",)):
        folder = path.relative_to(root / "lib").parts[0]
        for target in re.findall(r'^\s*#\s*include\s+"([^"]+)"', path.read_text(), re.M):
            into = target.split("/")[0]
            if folder == "adapters":
                if into != "adapters" and "/" in target:
                    yield f"{path.relative_to(root)} includes {target}: adapters live on public headers"
            elif "/" not in target or into not in below(folder):
                yield f"{path.relative_to(root)} includes {target}"


def system_headers(root):
    for path in source.files(root, ".c", ".h", folders=("lib",)):
        relative = path.relative_to(root)
        allowed = SYSTEM | ({"stdlib.h"} if str(relative) == "lib/core/memory.c" else set())
        for header in re.findall(r"^\s*#\s*include\s+<([^>]+)>", path.read_text(), re.M):
            if relative.parts[1] != "adapters" and not header.startswith("bpo/") and header not in allowed:
                yield f"{relative} includes <{header}>"


def bodies(path):
    """Functions of a C file as (name, lines), signature included."""
    lines = path.read_text().splitlines()
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            start = number
        if line == "}" and start is not None:
            first = start - 1
            while first > 0 and lines[first].startswith((" ", "\t")):
                first -= 1
            yield lines[first].split("(")[0].split()[-1].lstrip("*"), number - first + 1
            start = None


def check_sizes(tap, root):
    paths = source.files(root, ".c", ".h", ".py", ".go", folders=("lib", "tests", "examples", "bindings"))
    long_files = []
    for path in paths:
        count = len(path.read_text().splitlines())
        if count > FILE_LINES:
            long_files.append(f"{path.relative_to(root)}: {count} lines")
    tap.none(long_files, f"no file has more than {FILE_LINES} lines")
    sizes = [(size, f"{p.relative_to(root)}: {name}") for p in paths if p.suffix == ".c" for name, size in bodies(p)]
    tap.none((f"{where}: {size} lines" for size, where in sizes if size > FUNCTION_LINES),
             f"no function has more than {FUNCTION_LINES} lines")
    library = [size for size, where in sizes if where.startswith("lib/")]
    if library:
        median = statistics.median(library)
        tap.that(median < MEDIAN_LINES, f"the median function of lib/ has fewer than {MEDIAN_LINES} lines",
                 [f"it has {median}"])


def unlicensed(root):
    suffixes = (".c", ".h", ".def", ".py", ".go", ".map", ".in", ".sh", "meson.build", "meson_options.txt")
    scripts = [p for p in source.files(root, "") if not p.suffix and p.read_bytes()[:2] == b"#!"]
    top = [root / "meson.build", root / "meson_options.txt"]
    for path in source.files(root, *suffixes) + scripts + top:
        if "SPDX-License-Identifier: Apache-2.0" not in "\n".join(path.read_text().splitlines()[:3]):
            yield str(path.relative_to(root))


def slash_comments(root):
    for path in source.files(root, ".c", ".h"):
        code = re.sub(r'"(\\.|[^"\\\n])*"', '""', source.without_comments(path.read_text()))
        for number, line in enumerate(code.splitlines(), 1):
            if "//" in line:
                yield f"{path.relative_to(root)}:{number}"


def wide_lines(root):
    for path in source.files(root, ".c", ".h", ".py", "meson.build"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if len(line) > LINE_WIDTH or line != line.rstrip():
                yield f"{path.relative_to(root)}:{number}"


def binary_numbers(root):
    for path in source.files(root, ".c", ".h", folders=("lib",)):
        code = source.without_comments(path.read_text())
        code = re.sub(r'"(\\.|[^"\\\n])*"', '""', code)
        for number, line in enumerate(code.splitlines(), 1):
            if re.search(r"\b(float|double)\b", line) and "adapters" not in path.parts:
                yield f"{path.relative_to(root)}:{number}"


def main():
    root = pathlib.Path(sys.argv[1])
    tap = Tap()
    tap.none(arrows(root), "no include points upward or sideways")
    tap.none(system_headers(root), "the core includes only headers that need no library behind them")
    check_sizes(tap, root)
    tap.none(unlicensed(root), "every source file names its licence")
    tap.none(slash_comments(root), "comments are /* */")
    tap.none(wide_lines(root), f"no line is wider than {LINE_WIDTH} or ends in blanks")
    tap.none(binary_numbers(root), "the core has no binary floating point")
    tap.done()


main()
