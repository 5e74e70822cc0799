#!/usr/bin/env bash
# Runs each fuzz target for a while, from the protocol's vectors and from what earlier runs found.
#
#   scripts/fuzz.sh [TARGET...]    all of fuzz/fuzz_targets, or these
#
# FUZZ_SECONDS says how long each runs (60). The first finding ends it: what is found lies in fuzz/artifacts/; fix it, and keep
# it as a test of the crate that it was found in. scripts/setup.sh fuzz makes the machine ready.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/report.sh
. scripts/env.sh

seconds=${FUZZ_SECONDS:-60}
# libFuzzer needs flags that a stable compiler takes only in this way.
export RUSTC_BOOTSTRAP=1

# cargo-fuzz would let a lock file that is behind be written anew.
cargo fetch --locked --manifest-path fuzz/Cargo.toml

# Each vector of a file begins with a brace two spaces in.
mkdir -p fuzz/corpus/decode fuzz/target
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
  step "Fuzzing $target for $seconds s"
  # Without Rust's own unsafe code there is nothing for the address sanitizer to find, and the runs are twice as many.
  cargo fuzz run --sanitizer none --codegen-units 16 "$target" -- -max_total_time="$seconds" -max_len=4096 -timeout=20 2>&1 \
    | tee "fuzz/target/$target.log"
  awk -v target="$target" -v seconds="$seconds" '
    $2 == "DONE" { sub(/#/, "", $1); printf "  word: %s: %d runs in %d s, %d edges seen\n", target, $1, seconds, $4 }
  ' "fuzz/target/$target.log"
done
