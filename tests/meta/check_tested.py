# SPDX-License-Identifier: Apache-2.0
"""Every public function is called by a test."""
import pathlib
import re
import sys
import source
from tap import Tap


def main():
    root = pathlib.Path(sys.argv[1])
    tap = Tap()
    words = set()
    for path in source.files(root, ".c", ".py", ".go", folders=("tests",)):
        if "meta" not in path.parts and "abi" not in path.parts:
            words.update(re.findall(r"\bbpo_\w+", path.read_text()))
    for header in source.headers(root, adapters=True):
        tap.none(source.declared(header) - words, f"{header.name}: every function is named in a test")
    tap.done()


main()
