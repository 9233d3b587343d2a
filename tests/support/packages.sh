# SPDX-License-Identifier: Apache-2.0
# Packages of Debian and Ubuntu that the two commands need; sourced by examples/demo and tests/run.
BUILD_PACKAGES="gcc libc6-dev meson ninja-build pkg-config python3 tzdata libsqlite3-dev libjansson-dev libssl-dev libcsv-dev zlib1g-dev"
TEST_PACKAGES="$BUILD_PACKAGES g++ clang libcmocka-dev doxygen python3-cffi python3-dev binutils golang-go git"

# need_packages yes|no NAME...: installs what is missing, after saying what; with "no" it lists that and stops.
need_packages() {
  local install=$1 missing="" name
  shift
  command -v dpkg-query >/dev/null 2>&1 || return 0 # another system: the build says what it lacks
  for name in "$@"; do
    case $(dpkg-query -W -f='${Status}' "$name" 2>/dev/null) in
      *" installed") ;;
      *) provided "$name" || missing="$missing $name" ;;
    esac
  done
  [ -n "$missing" ] || return 0
  if [ "$install" = no ]; then
    echo "missing packages:$missing" >&2
    exit 1
  fi
  echo "installing:$missing" >&2
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null
  # shellcheck disable=SC2086
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# Whether a tool is there already although its package is not, such as a Go of one's own.
provided() {
  case $1 in
    golang-go) command -v go ;;
    pkg-config) command -v pkg-config ;;
    *) false ;;
  esac >/dev/null 2>&1
}
