#!/usr/bin/env bash
# Serves the app on port 8080 and rebuilds it whenever a source changes; what begins with /api goes to a server on 9000.
# Ends both with Ctrl-C.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/report.sh
. scripts/env.sh

step "Building the server"
cargo build -p signaling-server

# Each is a process of its own, so that each is ended by its own id.
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

# The page comes from another port than the server's own. The address to open is trunk's, so the server's words about its
# own are left out; its log is shown.
CONFAB_LISTEN=127.0.0.1:9000 CONFAB_DATA=target/dev-data CONFAB_ALLOWED_ORIGINS=http://localhost:8080,http://127.0.0.1:8080 \
  target/debug/confab >/dev/null &
pids+=($!)
step "Serving the app on http://localhost:8080"
# Not in dist/: that is where `make build` keeps the release.
mkdir -p target/dev-dist
env -u NO_COLOR trunk serve --dist target/dev-dist &
pids+=($!)
# Whichever ends first, ends both.
wait -n "${pids[@]}"
