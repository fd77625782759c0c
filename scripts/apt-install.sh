#!/bin/sh
# Installs the Debian packages named; with none named, does nothing. As root, or through sudo where there is one.
set -eu
[ $# -gt 0 ] || exit 0

as_root=
if ! command -v apt-get >/dev/null; then
  echo "Missing: $*. These are Debian's names; install the same programs with your system's package manager." >&2
  exit 1
elif [ "$(id -u)" -ne 0 ]; then
  as_root=$(command -v sudo) || {
    echo "Missing: $*. Have an administrator run: apt-get install $*" >&2
    exit 1
  }
fi

echo "Installing Debian packages: $*"
$as_root apt-get update -qq </dev/null
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" </dev/null
