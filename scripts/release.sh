#!/usr/bin/env bash
# Makes the archive of a release: the program, which needs no other file, with its licences, its README, the unit for systemd
# and a file of settings to begin with. `make release` has built the app before.
#
# The program is linked statically, so that it runs on any Linux of this architecture; where that does not work, as it is elsewhere.
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
# With a target of its own, what runs while building is not linked statically.
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
