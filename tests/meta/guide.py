# SPDX-License-Identifier: Apache-2.0
"""The guide shows what the example does: its code is the example's, its output is what the example prints.

usage: guide.py [--write] PAGE EXAMPLE.c PROGRAM

In the page a line <!-- case NAME --> stands before each piece: a block of C, the function NAME of the example, and a
block of text, the lines that the program prints below NAME. --write fills both in; without it they are compared.
"""
import pathlib
import re
import subprocess
import sys
from tap import Tap

BLOCKS = "```c\n%s```\n\n```text\n%s```\n"


def functions(source):
    """Name -> text of each function of a C file."""
    found = {}
    for match in re.finditer(r"^static [^\n;]*?\b(\w+)\([^;{]*\)\n\{\n.*?^\}\n", source, re.S | re.M):
        found[match[1]] = match[0]
    return found


def printed(output):
    """Name -> the indented lines below it, in order."""
    found = {}
    for line in output.splitlines():
        if line.startswith("  "):
            found[name] += line[2:] + "\n"
        else:
            name = line
            found[name] = ""
    return found


def write(path, page, code, said):
    for name in re.findall(r"<!-- case (\w+) -->", page):
        blocks = BLOCKS % (code[name], said[name])
        page = re.sub(r"(<!-- case %s -->\n)(?:\n?```c\n.*?```\n\n```text\n.*?```\n)?" % name,
                      lambda m: m[1] + blocks, page, count=1, flags=re.S)
    path.write_text(page)


def main():
    arguments = [a for a in sys.argv[1:] if a != "--write"]
    path, source, program = pathlib.Path(arguments[0]), pathlib.Path(arguments[1]), arguments[2]
    run = subprocess.run([program], capture_output=True, text=True)
    page, code, said = path.read_text(), functions(source.read_text()), printed(run.stdout)
    if "--write" in sys.argv:
        return write(path, page, code, said)
    tap = Tap()
    tap.that(run.returncode == 0, f"{source.name} runs", run.stderr.splitlines())
    shown = re.findall(r"<!-- case (\w+) -->", page)
    tap.that(shown == list(said), f"{path.name} shows each case once and in order", [f"{shown}, not {list(said)}"])
    for name in shown:
        blocks = "<!-- case %s -->\n" % name + BLOCKS % (code.get(name, ""), said.get(name, ""))
        tap.that(name in code and said.get(name) and blocks in page, f"{name} is shown as it is and does", [blocks])
    tap.that(page.count("```c\n") == len(shown) and page.count("```text\n") == len(shown),
             f"{path.name} shows no other code")
    tap.done()


main()
