# SPDX-License-Identifier: Apache-2.0
"""The reference: Doxygen is silent, and every function names its threads and the release that brought it."""
import pathlib
import re
import subprocess
import sys
import tempfile
import source
from tap import Tap


def doxygen_says(doxygen, doxyfile):
    with tempfile.TemporaryDirectory() as folder:
        text = pathlib.Path(doxyfile).read_text()
        text = re.sub(r"(?m)^(OUTPUT_DIRECTORY\s*=).*$", rf"\1 {folder}", text)
        done = subprocess.run([doxygen, "-"], input=text, capture_output=True, text=True)
    said = [line for line in done.stderr.splitlines() if "warning:" in line or "error:" in line]
    return said if said or done.returncode == 0 else done.stderr.splitlines()


def main():
    root, doxygen, doxyfile = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    tap = Tap()
    for header in source.headers(root, adapters=True):
        comments = source.functions(header)
        tap.none((name for name, text in comments.items() if "@par Threads " not in text or "@since " not in text),
                 f"{header.name}: every function names its threads and its release")
    if doxygen:
        tap.none(doxygen_says(doxygen, doxyfile), "Doxygen has no warnings")
    else:
        tap.skip("Doxygen has no warnings", "doxygen is not installed")
    tap.done()


main()
