# SPDX-License-Identifier: Apache-2.0
"""Reads the source tree as the checks need it: files, code without comments, the public functions."""
import pathlib
import re

FOLDERS = ("include", "lib", "tests", "examples", "docs", "bindings")
ADAPTERS = ("json", "files", "sqlite", "crypto", "ical")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
DECLARATION = re.compile(r"(/\*\*(?:(?!\*/).)*\*/)\s*BPO_API\s+([^;{]*?)\b(bpo_\w+)\s*\(([^;]*?)\)\s*;", re.S)


def files(root, *suffixes, folders=FOLDERS):
    """Files of the given suffixes below the given folders, in order."""
    found = []
    for folder in folders:
        for path in (pathlib.Path(root) / folder).rglob("*"):
            if path.is_file() and path.name.endswith(suffixes) and "__pycache__" not in path.parts:
                found.append(path)
    return sorted(found)


def without_comments(text):
    """The code alone, its line numbers kept."""
    return COMMENT.sub(lambda m: "\n" * m[0].count("\n") + " ", text)


def headers(root, adapters=False):
    """Public headers: the core's, and the adapters' where asked."""
    every = sorted((pathlib.Path(root) / "include" / "bpo").glob("*.h"))
    return [h for h in every if adapters or h.stem not in ADAPTERS]


def functions(header):
    """Public functions of a header: name -> comment above it."""
    return {m[3]: m[1] for m in DECLARATION.finditer(header.read_text())}


def declared(header):
    """Names after BPO_API, commented or not: what functions() must have found."""
    code = without_comments(header.read_text())
    return set(re.findall(r"^BPO_API\s[^;(]*?\b(bpo_\w+)\s*\(", code, re.M))
