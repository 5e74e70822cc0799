#!/usr/bin/env bash
# Builds a standard library for wasm32 from the source of Debian's compiler (packages rustc-web cargo-web
# rust-web-src lld-22), and creates a toolchain in FOLDER that uses both: bin/{cargo,rustc,…} and lib/rustlib.
#
#   scripts/wasm-std-from-debian.sh FOLDER
#
# For machines where rustup cannot get the target. It writes only to FOLDER and needs no root.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/report.sh

folder=${1:?folder for the toolchain is missing}
target=wasm32-unknown-unknown
host=$(/usr/bin/rustc --version --verbose | awk '/^host: / { print $2 }')
std_source=/usr/lib/rustlib/src/rust/library
[ -d "$std_source" ] || give_up "The standard library's source is not in $std_source." "Install the package rust-web-src."
linker=$(compgen -G '/usr/lib/llvm-*/bin/lld' | sort -V | tail -n 1) || give_up "lld is not installed." "Install the package lld-22."

rm -rf "$folder"
mkdir -p "$folder/bin" "$folder/lib/rustlib/$target/lib"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

step "Building the standard library for wasm32 with $(/usr/bin/rustc --version) (takes about two minutes, once per machine)"
mkdir "$work/src"
cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "empty"
version = "0.0.0"
edition = "2021"

[workspace]

[profile.release]
panic = "abort"
TOML
printf '#![no_std]\n' >"$work/src/lib.rs"
# Link-time optimisation of the app reads the bitcode.
(cd "$work" && env -u RUSTUP_TOOLCHAIN -u SYSROOT -u CARGO_TARGET_DIR RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
  RUSTFLAGS=-Cembed-bitcode=yes /usr/bin/cargo build -q -Zbuild-std=std,panic_abort,test --target "$target" --release)

for rlib in "$work/target/$target/release/deps/"*.rlib; do
  case ${rlib##*/} in
    libempty-*) ;;
    *) cp "$rlib" "$folder/lib/rustlib/$target/lib/" ;;
  esac
done

ln -s "/usr/lib/rustlib/$host" "$folder/lib/rustlib/$host"
ln -s "$linker" "$folder/bin/rust-lld"
for command in cargo cargo-clippy cargo-fmt clippy-driver rustdoc rustfmt; do
  if [ -x "/usr/bin/$command" ]; then ln -s "/usr/bin/$command" "$folder/bin/$command"; fi
done
# By default the compiler looks for standard libraries beside itself.
cat >"$folder/bin/rustc" <<RUSTC
#!/bin/sh
exec /usr/bin/rustc --sysroot "$folder" "\$@"
RUSTC
chmod +x "$folder/bin/rustc"
touch "$folder/ready"
