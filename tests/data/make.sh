#!/usr/bin/env bash
# Makes the encrypted, linearised and object-stream files of this folder out of one fixture. Needs qpdf.
set -euo pipefail
cd "$(dirname "$0")"
sheet=../../fixtures/initiative_sheet/plain.cid.pdf
encrypt() { # encrypt OUT USER BITS [OPTION…]
    local out=$1 user=$2 bits=$3
    shift 3
    # Fixed initial vectors, so that the files come out the same each time.
    qpdf --static-id --static-aes-iv --allow-weak-crypto --encrypt "$user" owner "$bits" "$@" -- "$sheet" "$out"
}
encrypt rc4_40.empty.pdf "" 40
encrypt rc4_40.user.pdf user 40
encrypt rc4_128.empty.pdf "" 128 --use-aes=n
encrypt rc4_128.user.pdf user 128 --use-aes=n
encrypt aes_128.empty.pdf "" 128 --use-aes=y
encrypt aes_128.user.pdf user 128 --use-aes=y
encrypt aes_256.empty.pdf "" 256
encrypt aes_256.user.pdf パスワード 256
qpdf --static-id --static-aes-iv --object-streams=generate --encrypt user owner 256 -- "$sheet" aes_256_object_streams.user.pdf
qpdf --deterministic-id --linearize "$sheet" linearised.pdf
qpdf --deterministic-id --object-streams=generate "$sheet" object_streams.pdf
qpdf --deterministic-id --linearize --object-streams=generate "$sheet" linearised_object_streams.pdf
