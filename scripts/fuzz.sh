#!/usr/bin/env bash
# Runs each fuzz target for a while, from the protocol's vectors and from what earlier runs found.
#
#   scripts/fuzz.sh [TARGET...]    all of fuzz/fuzz_targets, or these
#
# FUZZ_SECONDS says how long each runs (60). cargo-fuzz is built when it is missing. What is found lies in fuzz/artifacts/:
# fix it, and keep it as a test of the crate that it was found in.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/report.sh
. scripts/env.sh
. scripts/setup-tools.sh

command -v cargo-fuzz >/dev/null || cargo_install cargo-fuzz "$CARGO_FUZZ_VERSION" "$CARGO_FUZZ_DIR" --locked

# libFuzzer needs flags that a stable compiler takes only in this way.
export RUSTC_BOOTSTRAP=1

# Each vector of a file begins with a brace two spaces in.
mkdir -p fuzz/corpus/decode
for kind in client server; do
  awk -v to="fuzz/corpus/decode/$kind-" '
    /^  {/ { n++ }
    n && !/^]/ { line = $0; sub(/^ +/, "", line); text[n] = text[n] line }
    END { for (i = 1; i <= n; i++) { sub(/,$/, "", text[i]); printf "%s", text[i] > (to i) } }
  ' "crates/protocol/tests/vectors/$kind-messages.json"
done

targets=("$@")
if [ ${#targets[@]} = 0 ]; then mapfile -t targets < <(cargo fuzz list); fi
for target in "${targets[@]}"; do
  step "Fuzzing $target for ${FUZZ_SECONDS:-60} s"
  # Without Rust's own unsafe code there is nothing for the address sanitizer to find, and the runs are twice as many.
  cargo fuzz run --sanitizer none "$target" -- -max_total_time="${FUZZ_SECONDS:-60}" -max_len=4096 -timeout=20 \
    -print_final_stats=1
done
