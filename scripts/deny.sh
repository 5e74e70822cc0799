#!/usr/bin/env bash
# Checks the dependencies against deny.toml: licences, sources, bans, and known advisories.
#
# Builds cargo-deny the first time, which takes some minutes. If it cannot be built, nothing is checked; if
# the database of advisories cannot be fetched, only that part is skipped. Either is reported and is no
# failure.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/report.sh
. scripts/env.sh
. scripts/setup-tools.sh

mkdir -p "$CONFAB_TOOLS"
if ! command -v cargo-deny >/dev/null && ! cargo_install cargo-deny "$CARGO_DENY_VERSION" "$CARGO_DENY_DIR" --locked --no-default-features; then
  step "Skipped: cargo-deny could not be built. See its output above"
  exit 0
fi

cargo-deny --workspace --locked check bans licenses sources
# Fetched every time, into cargo's own folder. A network that blocks it is no fault of the dependencies.
if cargo-deny --workspace --locked fetch db; then
  cargo-deny --workspace --locked check --disable-fetch advisories
else
  step "Skipped: the database of advisories could not be fetched"
fi
