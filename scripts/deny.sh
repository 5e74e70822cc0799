#!/usr/bin/env bash
# Checks what dependencies may be (deny.toml): their licences, where they come from, which are banned, and what is known against them.
#
# cargo-deny is built the first time, in some minutes. Where it cannot be had, or the database of advisories cannot, that is
# said, and the rest is checked.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/report.sh
. scripts/env.sh
. scripts/setup-tools.sh

mkdir -p "$CONFAB_TOOLS"
if ! command -v cargo-deny >/dev/null && ! cargo_install cargo-deny "$CARGO_DENY_VERSION" "$CARGO_DENY_DIR" --locked --no-default-features; then
  step "Skipped: cargo-deny could not be built here. Its words are above"
  exit 0
fi

cargo-deny --workspace --locked check bans licenses sources
# Fetched anew each time, into cargo's own folder; a network that does not let it through is no fault of the dependencies.
if cargo-deny --workspace --locked fetch db; then
  cargo-deny --workspace --locked check --disable-fetch advisories
else
  step "Skipped: the database of advisories cannot be had from here"
fi
