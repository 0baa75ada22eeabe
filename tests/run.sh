#!/usr/bin/env bash
# All tests, with what they need: a Rust toolchain (rust-version of Cargo.toml), Python 3 for the scorer and, with the
# packages of tests/requirements.txt in target/interop, for loading the tables; LibreOffice Calc for opening them; the shell of
# SQLite, and a PostgreSQL server, which is started here in a temporary folder and ends with the tests; Chromium and Node.js for
# the review page.
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

# Debian keeps the programs of the server out of the PATH.
postgres_programs() {
    local folder
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) "$(dirname "$(command -v initdb || echo /-)")"; do
        if [ -x "$folder/initdb" ]; then
            echo "$folder"
            return
        fi
    done
}

start_postgres() {
    local programs as=()
    programs=$(postgres_programs)
    if [ -z "$programs" ]; then
        need initdb postgresql
        programs=$(postgres_programs)
    fi
    # Its socket lies in there too, and the path of a socket has to be short.
    server=$(mktemp -d /tmp/hyoka-postgres.XXXXXX)
    if [ "$(id -u)" = 0 ]; then
        # The server refuses to run as root.
        chown postgres "$server"
        as=(runuser -u postgres --)
    fi
    trap stop_postgres EXIT
    (cd "$server" && "${as[@]}" "$programs/initdb" -D "$server/data" -U hyoka -A trust -E UTF8 --locale=C >"$server/log" 2>&1 &&
        "${as[@]}" "$programs/pg_ctl" -D "$server/data" -l "$server/data/log" -w \
            -o "-k $server -c listen_addresses='' -c fsync=off" start >>"$server/log" 2>&1) ||
        { cat "$server/log" "$server/data/log" >&2 || true; exit 1; }
    stop_server=("${as[@]}" "$programs/pg_ctl" -D "$server/data" -m immediate stop)
    export HYOKA_TEST_POSTGRES="postgres://hyoka@/postgres?host=$server"
}

stop_postgres() {
    (cd / && "${stop_server[@]:-true}" >/dev/null 2>&1) || true
    rm -rf "$server"
}

need cc gcc
need python3 python3
need sqlite3 sqlite3
need soffice libreoffice-calc-nogui
if ! command -v cargo >/dev/null 2>&1; then
    echo "The tests need cargo: install Rust 1.92 or later, then run this again." >&2
    exit 1
fi
# The browser test drives Chromium by playwright-core, pinned in tests/browser/package-lock.json.
need chromium chromium
need node nodejs
need npm npm
(cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --silent)
# Made anew when the pins change; unfinished, it is made again.
venv=target/interop
if ! cmp -s tests/requirements.txt "$venv/requirements.txt"; then
    python3 -c 'import ensurepip, venv' 2>/dev/null || get python3-venv "Python's venv"
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
    cp tests/requirements.txt "$venv/requirements.txt"
fi

start_postgres
cargo test --locked
