# Puts Confab's build tools on PATH and defines their versions. Sourced by every script and by the Makefile's
# recipes.
#
# The tools are outside the checkout, in a folder that all checkouts share:
# ${XDG_CACHE_HOME:-~/.cache}/confab/tools/<name>-<version>. This script only sets variables; scripts/setup.sh
# installs.

CONFAB_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CONFAB_TOOLS=${XDG_CACHE_HOME:-$HOME/.cache}/confab/tools

TRUNK_VERSION=0.21.14
BINARYEN_VERSION=132
WASM_SPLIT_VERSION=0.2.4
CARGO_DENY_VERSION=0.20.2
CARGO_FUZZ_VERSION=0.13.2
AXE_VERSION=4.14.1
# The wasm-bindgen command must have exactly the version of the crate in the app.
WASM_BINDGEN_VERSION=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/version = |"/, ""); print; exit }' "$CONFAB_ROOT/Cargo.lock")

TRUNK_DIR=$CONFAB_TOOLS/trunk-$TRUNK_VERSION
WASM_BINDGEN_DIR=$CONFAB_TOOLS/wasm-bindgen-$WASM_BINDGEN_VERSION
WASM_SPLIT_DIR=$CONFAB_TOOLS/wasm-split-$WASM_SPLIT_VERSION
CARGO_DENY_DIR=$CONFAB_TOOLS/cargo-deny-$CARGO_DENY_VERSION
CARGO_FUZZ_DIR=$CONFAB_TOOLS/cargo-fuzz-$CARGO_FUZZ_VERSION
BINARYEN_DIR=$CONFAB_TOOLS/binaryen-$BINARYEN_VERSION
DEBIAN_RUST_DIR=$CONFAB_TOOLS/rust-debian
# axe-core, whose accessibility rules the journeys run.
CONFAB_AXE=$CONFAB_TOOLS/axe-core-$AXE_VERSION/node_modules/axe-core/axe.min.js

# rustup's default folder, for shells that have not read its profile yet.
case ":$PATH:" in
  *":${CARGO_HOME:-$HOME/.cargo}/bin:"*) ;;
  *) PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH ;;
esac
PATH=$WASM_SPLIT_DIR/bin:$CARGO_DENY_DIR/bin:$CARGO_FUZZ_DIR/bin:$TRUNK_DIR/bin:$WASM_BINDGEN_DIR/bin:$BINARYEN_DIR/bin:$BINARYEN_DIR/node_modules/.bin:$PATH

# Succeeds when the compiler on PATH has a standard library for wasm32.
has_wasm_std() {
  local sysroot
  sysroot=$(rustc --print sysroot 2>/dev/null) || return 1
  compgen -G "$sysroot/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib" >/dev/null
}

# Puts Debian's compiler first on PATH, with the standard library that scripts/wasm-std-from-debian.sh built.
use_debian_rust() {
  PATH=$DEBIAN_RUST_DIR/bin:$PATH
  # clippy looks for the standard library only here, not through rustc or PATH.
  SYSROOT=$DEBIAN_RUST_DIR
  export SYSROOT
  unset RUSTUP_TOOLCHAIN
}

# trunk takes wasm-bindgen and wasm-opt from PATH. Its --offline is not used, since it would also forbid cargo
# the network. Callers unset NO_COLOR because trunk rejects the usual value 1.
export TRUNK_SKIP_VERSION_CHECK=true

if [ -e "$DEBIAN_RUST_DIR/ready" ] && { [ "${CONFAB_WASM_FROM:-}" = debian ] || ! has_wasm_std; }; then
  use_debian_rust
fi

export CONFAB_ROOT CONFAB_TOOLS CONFAB_AXE PATH
