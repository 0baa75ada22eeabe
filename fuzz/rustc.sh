#!/usr/bin/env bash
# Compiles lopdf without coverage: its parser is thousands of closures, and the compiler does not get done with it otherwise.
set -euo pipefail
rustc=$1
shift
case " $* " in *" --crate-name lopdf "*)
    args=()
    for arg in "$@"; do
        case $arg in -Cpasses=sancov* | -Cllvm-args=-sanitizer* | -Ccodegen-units=1) ;; *) args+=("$arg") ;; esac
    done
    set -- "${args[@]}"
    ;;
esac
exec "$rustc" "$@"
