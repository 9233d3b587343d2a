# SPDX-License-Identifier: Apache-2.0
"""Writes layout.c anew after a deliberate change of a visible struct: make_layout.py SOURCE_ROOT > tests/abi/layout.c

Sizes and offsets come from clang, which knows the data models of other machines without their libraries."""
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "meta"))
import source  # noqa: E402

# Column -> a machine that has it. Windows lays these structs out as LP64 does: they have no long.
MODELS = {"lp64": "x86_64-linux-gnu", "ilp32": "arm-linux-gnueabihf", "ilp32_word": "i386-linux-gnu"}
HEAD = """/* SPDX-License-Identifier: Apache-2.0 */
/* The layout of every visible struct, asserted and not remembered: it may grow at its end and never else.
 *
 * Columns: 64-bit machines; 32-bit machines that align 64-bit integers to 8; those that align them to 4 (i386).
 * After a deliberate change: tests/abi/make_layout.py . > tests/abi/layout.c */
#include <bpo/bpo.h>
#include <stddef.h>

#if UINTPTR_MAX > UINT32_MAX
#define COLUMN(lp64, ilp32, ilp32_word) (lp64)
#elif defined(__i386__)
#define COLUMN(lp64, ilp32, ilp32_word) (ilp32_word)
#else
#define COLUMN(lp64, ilp32, ilp32_word) (ilp32)
#endif

#define SIZE(type, lp64, ilp32, ilp32_word) \\
    _Static_assert(sizeof(type) == COLUMN(lp64, ilp32, ilp32_word), "size of " #type)
#define FIELD(type, field, lp64, ilp32, ilp32_word) \\
    _Static_assert(offsetof(type, field) == COLUMN(lp64, ilp32, ilp32_word), "place of " #type "." #field)
"""


def structs(root):
    """Visible structs as (name, fields), in order of header."""
    for header in source.headers(root):
        code = source.without_comments(header.read_text())
        for name, body in re.findall(r"typedef struct (bpo_\w+)\s*\{(.*?)\}\s*\1;", code, re.S):
            declarations = [d.strip() for d in body.split(";") if d.strip()]
            yield name, [field_of(d) for d in declarations]


def field_of(declaration):
    pointer = re.search(r"\(\*(\w+)\)", declaration)
    return pointer[1] if pointer else re.search(r"(\w+)(\[\w+\])?$", declaration)[1]


def measure(root, clang, target, questions):
    unit = "#include <bpo/bpo.h>\n#include <stddef.h>\n"
    unit += "const unsigned answers[] = {" + ", ".join(f"(unsigned)({q})" for q in questions) + "};\n"
    command = [clang, "-target", target, "-ffreestanding", f"-I{root}/include", "-xc", "-std=c11", "-S", "-emit-llvm",
               "-o", "-", "-"]
    text = subprocess.run(command, input=unit, capture_output=True, text=True, check=True).stdout
    return [int(n) for n in re.findall(r"i32 (\d+)", re.search(r"@answers = .*?\[(i32 .*?)\]", text)[1])]


def main():
    root = pathlib.Path(sys.argv[1])
    questions, lines = [], []
    for name, fields in structs(root):
        questions += [f"sizeof({name})"] + [f"offsetof({name}, {field})" for field in fields]
        lines += [f"\nSIZE({name}"] + [f"FIELD({name}, {field}" for field in fields]
    columns = [measure(root, "clang", target, questions) for target in MODELS.values()]
    print(HEAD, end="")
    for line, *numbers in zip(lines, *columns):
        print(f"{line}, {', '.join(map(str, numbers))});")


if __name__ == "__main__":
    main()
