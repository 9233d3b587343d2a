# SPDX-License-Identifier: Apache-2.0
"""Four-way: the public headers, the version script, the built library and every @since name the same functions."""
import pathlib
import re
import subprocess
import sys
import source
from tap import Tap


def read_map(path):
    """Names by version node, in order."""
    code = source.without_comments(path.read_text())
    nodes = {}
    for node, body in re.findall(r"LIBBPO_([\d.]+)\s*\{(.*?)\}", code, re.S):
        nodes[node] = re.findall(r"\b(bpo_\w+);", body)
    return nodes


def exported(library):
    lines = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
    names = {line.split()[2].split("@")[0] for line in lines.splitlines() if line.split()[1] != "A"}
    return names


def check_core(tap, root, library):
    nodes = read_map(root / "lib" / "libbpo.map")
    mapped = {name: node for node, names in nodes.items() for name in names}
    comments = {}
    for header in source.headers(root):
        comments.update(source.functions(header))
        tap.none(source.declared(header) - set(source.functions(header)),
                 f"{header.name}: every function has its comment")
    tap.none(set(comments) - set(mapped), "every function of the headers is in lib/libbpo.map")
    tap.none(set(mapped) - set(comments), "every name of lib/libbpo.map is in a header")
    tap.that(all(names == sorted(names) for names in nodes.values()), "every node of lib/libbpo.map is alphabetical")
    tap.none((f"{n}: @since is not {mapped[n]}" for n, c in comments.items()
              if n in mapped and not re.search(r"@since " + re.escape(mapped[n]) + r"\b", c)),
             "every @since is the node of lib/libbpo.map")
    if library.suffix == ".a":
        tap.skip("the library exports what lib/libbpo.map says", "a static library exports nothing")
        return
    names = exported(library)
    tap.none((f"{n} is not defined anywhere" for n in set(mapped) - names), "the library exports all of lib/libbpo.map")
    tap.none(names - set(mapped), "the library exports nothing else")


def check_adapter(tap, root, library):
    stem = re.match(r"libbpo-(\w+)\.", library.name)[1]
    wanted = source.declared(root / "include" / "bpo" / f"{stem}.h")
    tap.that(exported(library) == wanted, f"bpo-{stem} exports exactly its header", exported(library) ^ wanted)


def main():
    root, library, *adapters = map(pathlib.Path, sys.argv[1:])
    tap = Tap()
    check_core(tap, root, library)
    for adapter in adapters:
        check_adapter(tap, root, adapter)
    tap.done()


main()
