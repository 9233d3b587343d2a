# SPDX-License-Identifier: Apache-2.0
"""Installs into an empty folder and builds programs with nothing but what pkg-config and CMake say there."""
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "meta"))
from tap import Tap  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
DUE = "2026-07-06T10:00:00Z"


class Installed:
    """What was installed below a folder, as another project sees it."""

    def __init__(self, root):
        self.root = root
        self.packages = next(root.rglob("bpo.pc")).parent
        self.libraries = self.packages.parent
        self.environment = dict(os.environ, PKG_CONFIG_PATH=str(self.packages), PKG_CONFIG_SYSROOT_DIR=str(root),
                                PKG_CONFIG_ALLOW_SYSTEM_CFLAGS="1", PKG_CONFIG_ALLOW_SYSTEM_LIBS="1",
                                LD_LIBRARY_PATH=str(self.libraries))

    def run(self, command, folder=None):
        return subprocess.run(command, capture_output=True, text=True, env=self.environment, cwd=folder)

    def flags(self, package):
        done = self.run(["pkg-config", "--cflags", "--libs", package])
        done.check_returncode()
        return shlex.split(done.stdout)


def prints(tap, installed, law, build, program, wanted):
    """The program builds and its output holds the wanted text."""
    said = installed.run(build)
    if said.returncode == 0:
        said = installed.run([program])
    holds = said.returncode == 0 and wanted in said.stdout
    tap.that(holds, law, (said.stdout + said.stderr).splitlines())


def check_pkg_config(tap, installed, c_compiler, cpp_compiler):
    program = str(installed.root / "consumer")
    source = str(HERE / "consumer.c")
    flags = installed.flags("bpo")
    prints(tap, installed, "a C program builds with pkg-config --cflags --libs bpo and runs",
           c_compiler + [source, "-o", program] + flags, program, DUE)
    law = "so does a C++ program"
    if cpp_compiler:
        prints(tap, installed, law, cpp_compiler + ["-x", "c++", source, "-o", program] + flags, program, DUE)
    else:
        tap.skip(law, "no C++ compiler")
    law = "the example due_time builds with pkg-config --cflags --libs bpo-files and runs"
    if (installed.packages / "bpo-files.pc").exists():
        example = str(HERE.parent.parent / "examples" / "due_time.c")
        prints(tap, installed, law, c_compiler + [example, "-o", program] + installed.flags("bpo-files"), program, "")
    else:
        tap.skip(law, "bpo-files is not built")


def check_cmake(tap, installed):
    law = "a CMake project finds bpo::bpo, builds and runs"
    if not shutil.which("cmake"):
        tap.skip(law, "cmake is not installed")
        return
    folder = installed.root / "cmake-build"
    configure = ["cmake", "-G", "Ninja", "-S", str(HERE), "-B", str(folder),
                 f"-Dbpo_DIR={installed.libraries / 'cmake' / 'bpo'}"]
    said = installed.run(configure)
    if said.returncode != 0:
        tap.that(False, law, (said.stdout + said.stderr).splitlines())
        return
    prints(tap, installed, law, ["cmake", "--build", str(folder)], str(folder / "consumer"), DUE)


def main():
    meson, build = shlex.split(sys.argv[1]), sys.argv[2]
    c_compiler, cpp_compiler = shlex.split(sys.argv[3]), shlex.split(sys.argv[4])
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        done = subprocess.run(meson + ["install", "-C", build, "--no-rebuild", "--destdir", folder],
                              capture_output=True, text=True)
        tap.that(done.returncode == 0, "meson installs below a folder", done.stderr.splitlines())
        if done.returncode == 0:
            installed = Installed(root)
            check_pkg_config(tap, installed, c_compiler, cpp_compiler)
            check_cmake(tap, installed)
    tap.done()


main()
