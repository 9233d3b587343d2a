# SPDX-License-Identifier: Apache-2.0
"""The core touches nothing: what the built library calls is a closed list, and it has no mutable static data."""
import pathlib
import re
import subprocess
import sys
from tap import Tap

ALLOWED = {"malloc", "realloc", "free", "memcpy", "memmove", "memset", "memcmp", "strlen"}
# What compilers and linkers add by themselves, distribution hardening included.
MADE = re.compile(r"__stack_chk_fail(_local)?|__(memcpy|memmove|memset)_chk|_GLOBAL_OFFSET_TABLE_|__tls_get_addr"
                  r"|__(u?div|u?mod|u?divmod|ashl|ashr|lshr|mul)[dt]i[34]|__atomic_\w+")
WRITABLE = re.compile(r"\.(data|bss|tdata|tbss)(\.(?!rel\.ro).*)?$|^COMMON$|^\*COM\*$")


def imports(library):
    lines = subprocess.run(["nm", "-D", "--undefined-only", library], capture_output=True, text=True, check=True)
    for line in lines.stdout.splitlines():
        kind, name = line.split()[-2:]
        if kind not in "wv":
            yield name.split("@")[0]


def writable(archive):
    """Objects with room in a writable section, and the names that lie there."""
    lines = subprocess.run(["objdump", "-t", archive], capture_output=True, text=True, check=True).stdout
    member = ""
    for line in lines.splitlines():
        if ": " in line and "file format" in line:
            member = pathlib.Path(line.split(":")[0]).name
        fields = line[25:].split() if re.match(r"[0-9a-f]{16} |[0-9a-f]{8} ", line) else []
        match = re.match(r"[0-9a-f]+ .{7} (\S+)\t([0-9a-f]+)\s+(?:\.hidden )?(\S+)", line)
        if fields and match and WRITABLE.match(match[1]) and int(match[2], 16) > 0:
            yield f"{member}: {match[3]} in {match[1]}"


def main():
    library, archive, sanitized = sys.argv[1:4]
    tap = Tap()
    if sanitized != "none":
        tap.skip("the library calls only the closed list", "sanitizers bring calls of their own")
        tap.skip("no object has mutable static data", "sanitizers bring data of their own")
        tap.done()
    if library.endswith(".a"):
        tap.skip("the library calls only the closed list", "the library is static")
    else:
        called = set(imports(library))
        tap.none((n for n in called - ALLOWED if not MADE.fullmatch(n)), "the library calls only the closed list")
        tap.that(called & ALLOWED, "and it does call some of it, so the list was read")
    tap.none(writable(archive), "no object has mutable static data")
    tap.done()


main()
