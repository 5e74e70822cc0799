#!/usr/bin/env bash
# Builds the app as it is shipped and prints the size of each of its files in bytes, raw and compressed.
# Browsers that accept brotli load the last column.
#
#   scripts/size.sh [FOLDER]    where to build; by default a temporary folder
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
  # node, which wasm-opt needs anyway, has both compressors.
  read -r raw gzip brotli < <(node -e '
    const zlib = require("zlib"), bytes = require("fs").readFileSync(process.argv[1]);
    console.log(bytes.length, zlib.gzipSync(bytes, { level: 9 }).length, zlib.brotliCompressSync(bytes).length);
  ' "$path")
  row "$raw" "$gzip" "$brotli" "${path##*/}"
  total=($((total[0] + raw)) $((total[1] + gzip)) $((total[2] + brotli)))
done
row "${total[@]}" total
