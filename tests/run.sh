#!/usr/bin/env bash
# All tests, with what they need: a Rust toolchain (rust-version of Cargo.toml), Python 3 for the scorer, Chromium and Node.js
# for the review page.
set -euo pipefail
cd "$(dirname "$0")/.."

need() { # need COMMAND DEBIAN_PACKAGE
    command -v "$1" >/dev/null 2>&1 && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2"
    else
        echo "The tests need '$1'. Install it (on Debian: sudo apt-get install $2) and run this again." >&2
        exit 1
    fi
}

need cc gcc
need python3 python3
if ! command -v cargo >/dev/null 2>&1; then
    echo "The tests need cargo: install Rust 1.92 or later, then run this again." >&2
    exit 1
fi
# The browser test drives Chromium by playwright-core, pinned in tests/browser/package-lock.json.
need chromium chromium
need node nodejs
need npm npm
(cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --silent)
cargo test --locked
