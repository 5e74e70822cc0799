#!/usr/bin/env bash
# Builds the app as it is shipped: optimised, and split into chunks (scripts/split/wasm-bindgen).
#
#   scripts/build-app.sh [FOLDER]    where to build; by default dist
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

cargo build --quiet --locked -p bundle
CONFAB_BUNDLE=$(realpath "${CARGO_TARGET_DIR:-target}")/debug/bundle
export CONFAB_SPLIT=1 CONFAB_BUNDLE
CONFAB_WASM_BINDGEN=$(command -v wasm-bindgen)
export CONFAB_WASM_BINDGEN
PATH=$CONFAB_ROOT/scripts/split:$PATH env -u NO_COLOR trunk build --release --locked --dist "${1:-dist}"
"$CONFAB_BUNDLE" page "${1:-dist}"
