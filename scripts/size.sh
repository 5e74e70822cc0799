#!/usr/bin/env bash
# Builds the app as it is shipped, and prints what each of its files weighs in bytes: as it lies, and compressed.
# A browser that speaks brotli loads the last column.
#
#   scripts/size.sh [FOLDER]    where to build; without one, a folder that is gone afterwards
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

folder=${1:-}
if [ -z "$folder" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi
env -u NO_COLOR trunk build --release --locked --dist "$folder" >&2

row() { printf '%9s %9s %9s  %s\n' "$@"; }

row raw gzip brotli file
total=(0 0 0)
for path in "$folder"/*; do
  # `br` is the browsers' name for it; node, which wasm-opt needs anyway, has both.
  read -r raw gzip brotli < <(node -e '
    const zlib = require("zlib"), bytes = require("fs").readFileSync(process.argv[1]);
    console.log(bytes.length, zlib.gzipSync(bytes, { level: 9 }).length, zlib.brotliCompressSync(bytes).length);
  ' "$path")
  row "$raw" "$gzip" "$brotli" "${path##*/}"
  total=($((total[0] + raw)) $((total[1] + gzip)) $((total[2] + brotli)))
done
row "${total[@]}" "all together"
