#!/usr/bin/env bash
# fuzz/run.sh TARGET [SECONDS]: runs one target without a sanitizer, which a stable compiler can do.
# The library has no unsafe code of its own; what is looked for is panics, overflows, hangs and memory without bound.
set -euo pipefail
cd "$(dirname "$0")"
target=${1:?content, cmap, font or file}
seconds=${2:-1200}
mkdir -p "corpus/$target"
export RUSTC_BOOTSTRAP=1 RUSTC_WRAPPER=$PWD/rustc.sh
exec cargo fuzz run "$target" --sanitizer none "corpus/$target" "seeds/$target" -- \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=98304
