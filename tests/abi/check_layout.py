# SPDX-License-Identifier: Apache-2.0
"""layout.c names every field of every visible struct, and holds under every data model that a compiler here knows."""
import pathlib
import shlex
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "meta"))
import make_layout  # noqa: E402
from tap import Tap  # noqa: E402

TARGETS = {"LP64": "x86_64-linux-gnu", "ILP32": "arm-linux-gnueabihf", "ILP32 on i386": "i386-linux-gnu",
           "LLP64": "x86_64-w64-mingw32"}


def check(tap, law, command, root):
    arguments = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", f"-I{root}/include"]
    done = subprocess.run(command + arguments + [f"{root}/tests/abi/layout.c"], capture_output=True, text=True)
    tap.that(done.returncode == 0, law, [line for line in done.stderr.splitlines() if "error" in line])


def main():
    root, compiler = pathlib.Path(sys.argv[1]), shlex.split(sys.argv[2])
    tap = Tap()
    text = (root / "tests" / "abi" / "layout.c").read_text()
    for name, fields in make_layout.structs(root):
        wanted = [f"SIZE({name},"] + [f"FIELD({name}, {field}," for field in fields]
        tap.none((w for w in wanted if w not in text), f"{name}: every field is asserted")
    check(tap, "the layout holds on this machine", compiler, root)
    for model, target in TARGETS.items():
        law = f"the layout holds under {model}"
        if shutil.which("clang"):
            check(tap, law, ["clang", "-target", target, "-ffreestanding"], root)
        else:
            tap.skip(law, "clang is not installed")
    padded = "no struct has hidden padding under LP64"
    if shutil.which("clang"):
        check(tap, padded, ["clang", "-target", TARGETS["LP64"], "-ffreestanding", "-Wpadded"], root)
    else:
        tap.skip(padded, "clang is not installed")
    tap.done()


main()
