#!/usr/bin/env bash
# Runs the rings of tests, one after the other, and adds up their results.
#
#   scripts/test.sh quick    core, wire, texts, registry, simulation, server, formatting, clippy, what dependencies may be
#   scripts/test.sh all      these, the app in a browser, the fuzz targets for a while, and the journeys of people through the whole
#
# A failing ring does not stop the others. At the end each failure is told, with its reason; the last line is
# "N passed, N failed" over all rings, and the exit status says the same. What each ring printed is kept in target/test-logs.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/report.sh
. scripts/env.sh

# A journey's failure tells what happened; the frames of an async runtime would only bury it.
export RUST_BACKTRACE=0

logs=target/test-logs
mkdir -p "$logs"
passed=0
failed=0
broken=()

# record NAME STATUS PASSED FAILED SECONDS: adds up a ring and says how it went.
record() {
  local name=$1 status=$2 ok=$3 bad=$4 seconds=$5
  # A ring that ends badly without naming a failure did not build, or was cut short.
  if [ "$status" != 0 ] && [ "$bad" = 0 ]; then bad=1; fi
  passed=$((passed + ok))
  failed=$((failed + bad))
  printf '    %-22s %4d passed %4d failed   %4d s\n' "$name" "$ok" "$bad" "$seconds"
  # What tests that passed want to be read: figures, and what the machine did not let them do.
  sed -n 's/^  word: /    - /p' "$logs/$name.log"
  if [ "$bad" != 0 ]; then broken+=("$name"); fi
}

# reasons NAME: what a ring says about its failures; the end of its log if it says nothing about any.
reasons() {
  local log=$logs/$1.log told
  told=$(sed -n '/^failures:/,/^test result:/p' "$log" | tail -n 60)
  if [ -z "$told" ]; then told=$(tail -n 30 "$log"); fi
  printf '\n==> what failed in %s\n' "$1"
  sed 's/^/    | /' <<<"$told"
}

# counted WORD LOG: the sum of "<number> WORD" over the closing lines of cargo's and wasm-bindgen's test runners.
counted() {
  sed -E 's/\x1b\[[0-9;]*m//g' "$2" | awk -v word="$1" '
    /^test result: / { for (i = 2; i <= NF; i++) if ($i ~ "^" word ";?$") sum += $(i - 1) }
    END { print sum + 0 }'
}

# ring NAME LIMIT COMMAND...: runs tests, for LIMIT minutes at most.
ring() {
  local name=$1 limit=$2 status=0
  shift 2
  step "$name"
  SECONDS=0
  timeout --kill-after=30 "${limit}m" "$@" >"$logs/$name.log" 2>&1 </dev/null || status=$?
  record "$name" "$status" "$(counted passed "$logs/$name.log")" "$(counted failed "$logs/$name.log")" "$SECONDS"
}

# check NAME LIMIT COMMAND...: runs something that passes or fails as a whole.
check() {
  local name=$1 limit=$2 status=0
  shift 2
  step "$name"
  SECONDS=0
  timeout --kill-after=30 "${limit}m" "$@" >"$logs/$name.log" 2>&1 </dev/null || status=$?
  record "$name" "$status" "$((status == 0))" "$((status != 0))" "$SECONDS"
}

ring core 15 cargo test --locked --no-fail-fast -p call-core
# What the search through all orders of a negotiation visited, and how each rule was missed when it was taken away.
grep -o 'proof: .*' "$logs/core.log" | sed 's/^/    /'
ring wire 15 cargo test --locked --no-fail-fast -p protocol
ring texts 15 cargo test --locked --no-fail-fast -p confab
ring registry 15 cargo test --locked --no-fail-fast -p registry
ring simulation 15 cargo test --locked --no-fail-fast -p sim
ring server 20 cargo test --locked --no-fail-fast -p signaling-server -p load

if [ "${1:-all}" = all ]; then
  CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver)}
  export CHROMEDRIVER
  # wasm-bindgen's test runner reads webdriver.json from the folder of the package. Its own limit, in seconds, is four times
  # what the tests were seen to take on a slow machine.
  ring app 25 env CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner WASM_BINDGEN_TEST_TIMEOUT=900 \
    cargo test --locked --no-fail-fast -p confab --target wasm32-unknown-unknown --test web
  # Longer by hand: make fuzz.
  check fuzz 30 env FUZZ_SECONDS=30 scripts/fuzz.sh
  check build 25 make build
  ring journeys 40 cargo test --locked --no-fail-fast -p e2e -- --test-threads=1
fi

check formatting 2 cargo fmt --all --check
check clippy-native 20 cargo clippy --locked --workspace --exclude confab --all-targets -- -D warnings
check clippy-wasm 20 cargo clippy --locked -p confab --target wasm32-unknown-unknown --all-targets -- -D warnings

if [ "${1:-all}" = quick ]; then
  # Its tool takes some minutes to build, once: `make test` does without.
  check dependencies 30 scripts/deny.sh
fi

for name in "${broken[@]}"; do reasons "$name"; done
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
