# SPDX-License-Identifier: Apache-2.0
"""Every public header stands alone, twice, in C99, C11 and C++11, and uses only types that an ABI may use."""
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import source
from tap import Tap

STRICT = ["-pedantic", "-Wall", "-Wextra", "-Werror", "-fsyntax-only"]
BANNED = {"bool", "_Bool", "long", "short", "time_t", "off_t", "ssize_t", "FILE", "va_list", "double", "float", "union"}
NAMED_ENUM = re.compile(r"\benum\s+\w+")
BIT_FIELD = re.compile(r"^\s+[a-z]\w* +\w+ *: *\d+;", re.M)


def compiles(compiler, arguments, header, suffix):
    with tempfile.NamedTemporaryFile("w", suffix=suffix) as unit:
        unit.write(f"#include <bpo/{header.name}>\n#include <bpo/{header.name}>\nint alone(void);\n")
        unit.write("int alone(void)\n{\n    return 0;\n}\n")
        unit.flush()
        done = subprocess.run(compiler + arguments + STRICT + [unit.name], capture_output=True, text=True)
    return done.returncode == 0, done.stderr.splitlines()


def check_alone(tap, root, name, compiler, standard, suffix):
    for header in source.headers(root, adapters=True):
        law = f"{header.name} stands alone in {name}"
        if not compiler:
            tap.skip(law, "no C++ compiler")
            continue
        holds, said = compiles(compiler, [standard, f"-I{root}/include"], header, suffix)
        tap.that(holds, law, said)


def offences(header):
    code = source.without_comments(header.read_text())
    for number, line in enumerate(code.splitlines(), 1):
        for word in re.findall(r"\w+", line):
            if word in BANNED:
                yield f"{header.name}:{number}: {word}"
    for match in list(NAMED_ENUM.finditer(code)) + list(BIT_FIELD.finditer(code)):
        yield f"{header.name}: {match[0].strip()}"


def main():
    root, c_compiler, cpp_compiler = pathlib.Path(sys.argv[1]), shlex.split(sys.argv[2]), shlex.split(sys.argv[3])
    tap = Tap()
    check_alone(tap, root, "C99", c_compiler, "-std=c99", ".c")
    check_alone(tap, root, "C11", c_compiler, "-std=c11", ".c")
    check_alone(tap, root, "C++11", cpp_compiler, "-std=c++11", ".cpp")
    for header in source.headers(root, adapters=True):
        tap.none(offences(header), f"{header.name} uses only types that an ABI may use")
    tap.done()


main()
