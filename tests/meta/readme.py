#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The README's C lines compile, and the files it links to exist.

usage: readme.py SOURCE_FOLDER COMPILER...
"""
import pathlib
import re
import subprocess
import sys
import tempfile

FRAME = """#include <bpo/bpo.h>
#include <bpo/files.h>
int fail(const bpo_error *err);
int readme(void);
int readme(void)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_host host = BPO_HOST_INIT;
    bpo_context *context;
    bpo_terms *terms;
    bpo_calendar *office;
    bpo_time opened_at, due_at;
%s
    return due_at > opened_at;
}
"""


def main(folder, *compiler):
    source = pathlib.Path(folder)
    text = (source / "README.md").read_text()
    problems = ["README.md links to %s, which is not there" % link
                for link in re.findall(r"\]\((?!http)([^)#]+)\)", text) if not (source / link).exists()]
    blocks = re.findall(r"```c\n(.*?)```", text, re.S)
    if not blocks:
        problems.append("README.md has no lines of C")
    for block in blocks:
        with tempfile.NamedTemporaryFile("w", suffix=".c") as f:
            f.write(FRAME % block)
            f.flush()
            run = subprocess.run([*compiler, "-std=c11", "-Wall", "-Werror", "-I", str(source / "include"),
                                  "-fsyntax-only", f.name], capture_output=True, text=True)
            if run.returncode:
                problems.append(run.stderr)
    print("\n".join(problems) or "README.md: %d block(s) of C compile, every link leads somewhere" % len(blocks))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
