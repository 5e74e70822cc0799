#!/usr/bin/env bash
# Runs the test suites ("rings") one after the other and adds up their results.
#
#   scripts/test.sh quick    core, wire, bundle, bench, texts, registry, simulation, server, formatting, clippy, dependencies
#   scripts/test.sh all      these without dependencies; the app in a browser, fuzzing, the size of the app, the journeys (end to end)
#
# A failing ring does not stop the others. At the end each failure is listed with its reason; the last line is
# "N passed, N failed" over all rings, and the exit status is 0 only if all passed. The output of each ring is
# kept in target/test-logs.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/report.sh
. scripts/env.sh

# A journey's failure describes what happened; the frames of an async runtime would only bury it.
export RUST_BACKTRACE=0

logs=target/test-logs
mkdir -p "$logs"
passed=0
failed=0
total=0
broken=()
# What each ring did and how long it took, for people and for other programs.
summary=$logs/summary.txt
: >"$summary"

# record NAME STATUS PASSED FAILED SECONDS: adds up a ring and prints its result.
record() {
  local name=$1 status=$2 ok=$3 bad=$4 seconds=$5
  # A ring that fails without naming a failure did not build, or was killed.
  if [ "$status" != 0 ] && [ "$bad" = 0 ]; then bad=1; fi
  passed=$((passed + ok))
  failed=$((failed + bad))
  line "$name" "$ok" "$bad" "$seconds" | tee -a "$summary"
  total=$((total + seconds))
  # Notes of passing tests: figures, and what was skipped on this machine.
  sed -n 's/^  note: /    - /p' "$logs/$name.log"
  if [ "$bad" != 0 ]; then broken+=("$name"); fi
}

# reasons NAME: prints a ring's report on its failures, or the end of its log if there is none.
reasons() {
  local log=$logs/$1.log told
  told=$(sed -n '/^failures:/,/^test result:/p' "$log" | tail -n 60)
  if [ -z "$told" ]; then told=$(tail -n 30 "$log"); fi
  printf '\n==> Failures in %s\n' "$1"
  sed 's/^/    | /' <<<"$told"
}

# counted WORD LOG: prints the sum of "<number> WORD" over the summary lines of cargo's and wasm-bindgen's
# test runners.
counted() {
  sed -E 's/\x1b\[[0-9;]*m//g' "$2" | awk -v word="$1" '
    /^test result: / { for (i = 2; i <= NF; i++) if ($i ~ "^" word ";?$") sum += $(i - 1) }
    END { print sum + 0 }'
}

# ring NAME LIMIT COMMAND...: runs tests, for at most LIMIT minutes.
ring() {
  local name=$1 limit=$2 status=0
  shift 2
  step "$name"
  SECONDS=0
  timeout --kill-after=30 "${limit}m" "$@" >"$logs/$name.log" 2>&1 </dev/null || status=$?
  record "$name" "$status" "$(counted passed "$logs/$name.log")" "$(counted failed "$logs/$name.log")" "$SECONDS"
}

# check NAME LIMIT COMMAND...: runs a command that passes or fails as a whole, for at most LIMIT minutes.
check() {
  local name=$1 limit=$2 status=0
  shift 2
  step "$name"
  SECONDS=0
  timeout --kill-after=30 "${limit}m" "$@" >"$logs/$name.log" 2>&1 </dev/null || status=$?
  record "$name" "$status" "$((status == 0))" "$((status != 0))" "$SECONDS"
}

# line NAME PASSED FAILED SECONDS: a line of the summary.
line() { printf '    %-22s %4d passed %4d failed   %4d s\n' "$@"; }

ring core 15 cargo test --locked --no-fail-fast -p call-core
# What the search through all orders of a negotiation visited, and the fault that it found without each rule.
grep -o 'proof: .*' "$logs/core.log" | sed 's/^/    /'
ring wire 15 cargo test --locked --no-fail-fast -p protocol
ring bundle 10 cargo test --locked --no-fail-fast -p bundle
ring bench 10 cargo test --locked --no-fail-fast -p bench --bins
ring texts 15 cargo test --locked --no-fail-fast -p confab
ring registry 15 cargo test --locked --no-fail-fast -p registry
ring simulation 15 cargo test --locked --no-fail-fast -p sim
ring server 20 cargo test --locked --no-fail-fast -p signaling-server -p load

if [ "${1:-all}" = all ]; then
  CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver)}
  export CHROMEDRIVER
  # wasm-bindgen's test runner reads webdriver.json from the package's folder. Its own limit, in seconds, is
  # four times what the tests took on a slow machine.
  ring app 25 env CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner WASM_BINDGEN_TEST_TIMEOUT=900 \
    cargo test --locked --no-fail-fast -p confab --target wasm32-unknown-unknown --test web
  # For longer runs: make fuzz.
  check fuzz 30 env FUZZ_SECONDS=30 scripts/fuzz.sh
  check build 25 make build
  check size 5 cargo run --quiet --locked -p bundle -- size dist size-budget.toml
  # Two at a time: each waits for its page most of the time. The journeys need both cores for themselves.
  ring pages 20 cargo test --locked --no-fail-fast -p e2e -p bench --lib --test harness --test pages --test smoke -- --test-threads=2
  ring journeys 40 cargo test --locked --no-fail-fast -p e2e --test journeys -- --test-threads=1
fi

check formatting 2 cargo fmt --all --check
check clippy-native 20 cargo clippy --locked --workspace --exclude confab --all-targets -- -D warnings
check clippy-wasm 20 cargo clippy --locked -p confab --target wasm32-unknown-unknown --all-targets -- -D warnings

if [ "${1:-all}" = quick ]; then
  # Building its tool takes some minutes, once: `make test` leaves it out.
  check dependencies 30 scripts/deny.sh
fi

for name in "${broken[@]}"; do reasons "$name"; done
step summary
line total "$passed" "$failed" "$total" >>"$summary"
cat "$summary"
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
