# SPDX-License-Identifier: Apache-2.0
# What the two commands need, and how to get it on Debian and Ubuntu; sourced by examples/demo and tests/run.
#
# A need is how to see that something is there, and the package that brings it. What is there by other means, such as
# a compiler of one's own, is not installed again.

BUILD_NEEDS='
command:gcc gcc
header:stdio.h libc6-dev
command:meson meson
command:ninja ninja-build
command:pkg-config pkgconf
command:python3 python3
module:jansson libjansson-dev
module:sqlite3 libsqlite3-dev
module:zlib zlib1g-dev
module:libcrypto libssl-dev
header:csv.h libcsv-dev
file:/usr/share/zoneinfo/Europe/Berlin tzdata
'
QUICK_TEST_NEEDS='
module:cmocka libcmocka-dev
module:libical libical-dev
command:zdump libc-bin
'
FULL_TEST_NEEDS='
command:g++ g++
command:clang clang
command:doxygen doxygen
command:cmake cmake
command:go golang-go
command:gcovr gcovr
python:cffi python3-cffi
'

present() {
  local what=${1#*:}
  case $1 in
    command:*) command -v "$what" ;;
    module:*) pkg-config --exists "$what" ;;
    header:*) echo "#include <$what>" | gcc -E -x c - ;;
    file:*) test -e "$what" ;;
    python:*) python3 -c "import $what" || /usr/bin/python3 -c "import $what" ;;
  esac >/dev/null 2>&1
}

# The packages of those needs that are not met.
missing_packages() {
  local need package
  while read -r need package; do
    [ -z "$need" ] || present "$need" || echo "$package"
  done <<<"$1"
}

install_packages() {
  local sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq >/dev/null &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# need_packages yes|no NEEDS: installs what is missing, after saying what; with "no" it lists that and stops.
need_packages() {
  local missing
  missing=$(missing_packages "$2" | sort -u | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  if [ "$1" = no ]; then
    echo "missing packages: $missing" >&2
    exit 1
  fi
  if ! command -v apt-get >/dev/null; then
    echo "missing, and there is no apt-get to install it: $missing" >&2
    exit 1
  fi
  echo "installing by apt: $missing" >&2
  # shellcheck disable=SC2086
  install_packages $missing || { echo "could not install: $missing" >&2; exit 1; }
}
