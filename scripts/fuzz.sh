#!/usr/bin/env bash
# Runs each fuzz target for a while, starting from the protocol's vectors and from the inputs of earlier runs.
#
#   scripts/fuzz.sh [TARGET...]    all of fuzz/fuzz_targets, or these
#
# FUZZ_SECONDS is the time per target in seconds (default 60). The first finding ends the script, with its
# input in fuzz/artifacts/: fix it, and keep it as a test of the crate where it was found. Prepare the machine
# with scripts/setup.sh fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/report.sh
. scripts/env.sh

seconds=${FUZZ_SECONDS:-60}
# libFuzzer needs unstable flags; this lets a stable compiler accept them.
export RUSTC_BOOTSTRAP=1

# cargo-fuzz would update an outdated lock file; this fails instead.
cargo fetch --locked --manifest-path fuzz/Cargo.toml

# In a file of vectors, each begins with a brace indented by two spaces.
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
  # Without unsafe code the address sanitizer has nothing to find, and without it twice as many runs fit.
  cargo fuzz run --sanitizer none --codegen-units 16 "$target" -- -max_total_time="$seconds" -max_len=4096 -timeout=20 2>&1 \
    | tee "fuzz/target/$target.log"
  awk -v target="$target" -v seconds="$seconds" '
    $2 == "DONE" { sub(/#/, "", $1); printf "  note: %s: %d runs in %d s, %d edges covered\n", target, $1, seconds, $4 }
  ' "fuzz/target/$target.log"
done
