#!/usr/bin/env bash
# Serves the app on port 8080 and rebuilds it whenever a source changes. Forwards paths under /api to a server
# on port 9000. Ctrl-C ends both.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/report.sh
. scripts/env.sh

step "Building the server"
cargo build -p signaling-server

# Kept by process id, so that each can be ended.
pids=()
end_all() {
  trap - EXIT INT TERM
  if [ ${#pids[@]} -gt 0 ]; then
    kill "${pids[@]}" 2>/dev/null || true
    wait "${pids[@]}" 2>/dev/null || true
  fi
}
trap end_all EXIT
trap 'exit 0' INT TERM

# The page has another origin than the server, which must allow it. The server's output names its own address,
# but the one to open is trunk's: so the output is dropped. Its log is shown.
CONFAB_LISTEN=127.0.0.1:9000 CONFAB_DATA=target/dev-data CONFAB_ALLOWED_ORIGINS=http://localhost:8080,http://127.0.0.1:8080 \
  target/debug/confab >/dev/null &
pids+=($!)
step "Serving the app on http://localhost:8080"
# Not dist/, which holds the release of `make build`.
mkdir -p target/dev-dist
env -u NO_COLOR trunk serve --dist target/dev-dist &
pids+=($!)
# When one ends, the other is ended too.
wait -n "${pids[@]}"
