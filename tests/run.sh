#!/usr/bin/env bash
# All tests, with what they need: a Rust toolchain (rust-version of Cargo.toml), Python 3 for the scorer and, with the
# packages of tests/requirements.txt in target/interop, for loading the tables; LibreOffice Calc for opening them.
set -euo pipefail
cd "$(dirname "$0")/.."

need() { # need COMMAND DEBIAN_PACKAGE
    command -v "$1" >/dev/null 2>&1 && return
    get "$2" "'$1'"
}

get() { # get DEBIAN_PACKAGE WHAT
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1"
    else
        echo "The tests need $2. Install it (on Debian: sudo apt-get install $1) and run this again." >&2
        exit 1
    fi
}

need cc gcc
need python3 python3
need soffice libreoffice-calc-nogui
if ! command -v cargo >/dev/null 2>&1; then
    echo "The tests need cargo: install Rust 1.92 or later, then run this again." >&2
    exit 1
fi

# Made anew when the pins change; unfinished, it is made again.
venv=target/interop
if ! cmp -s tests/requirements.txt "$venv/requirements.txt"; then
    python3 -c 'import ensurepip, venv' 2>/dev/null || get python3-venv "Python's venv"
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
    cp tests/requirements.txt "$venv/requirements.txt"
fi
cargo test --locked
