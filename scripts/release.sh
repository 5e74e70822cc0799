#!/usr/bin/env bash
# Packs a release: the program, which needs no other file, with its licences, README, systemd unit and an
# example of settings. `make release` builds the app first.
#
# On *-linux-gnu the program is linked statically, so that it runs on any Linux of this architecture. On other
# targets it is linked as usual.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/report.sh
. scripts/env.sh

target=$(rustc -vV | awk '/^host: / { print $2 }')
version=$(awk -F'"' '/^version = / { print $2; exit }' Cargo.toml)
name=confab-$version-$target

step "Building the server for $target"
flags=
case $target in *-linux-gnu) flags="-C target-feature=+crt-static" ;; esac
# --target keeps the flags away from build scripts and macros, which run during the build.
RUSTFLAGS="${RUSTFLAGS:-} $flags" cargo build --locked --release -p signaling-server --target "$target"

mkdir -p target/release-static
built=${CARGO_TARGET_DIR:-target}/$target/release/confab
cp "$built" target/release-static/confab
if command -v strip >/dev/null; then strip target/release-static/confab; fi

step "Packing target/$name.tar.gz"
stage=target/$name
rm -rf "$stage"
mkdir -p "$stage/docs"
cp target/release-static/confab README.md CHANGELOG.md PROTOCOL.md LICENSE-MIT LICENSE-APACHE \
  deploy/confab.service deploy/confab.toml "$stage"
cp docs/*.md "$stage/docs"
tar --owner=0 --group=0 --numeric-owner --sort=name -czf "target/$name.tar.gz" -C target "$name"
rm -rf "$stage"
"target/release-static/confab" --version
ls -l "target/$name.tar.gz"
