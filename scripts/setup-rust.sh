# The Rust compiler and its standard library for wasm32. Sourced by setup.sh.

# Prints the oldest supported Rust version, from Cargo.toml.
wanted_rust() { awk -F'"' '/^rust-version = / { print $2; exit }' Cargo.toml; }

# Succeeds when `rustc` runs and is new enough.
has_rust() {
  local have want
  have=$(rustc --version 2>/dev/null | awk '{ print $2 }') || return 1
  want=$(wanted_rust)
  [ -n "$have" ] && command -v cargo >/dev/null \
    && [ "$(printf '%s\n%s\n' "$want" "${have%%-*}" | sort -V | head -n 1)" = "$want" ]
}

need_rust() {
  if has_rust; then return; fi
  if ! command -v rustup >/dev/null; then
    step "Installing Rust with rustup into ${CARGO_HOME:-$HOME/.cargo} and ${RUSTUP_HOME:-$HOME/.rustup}"
    timeout 600 bash -c 'set -o pipefail
      curl --proto "=https" --tlsv1.2 -sSf --connect-timeout 15 https://sh.rustup.rs | sh -s -- -y --profile minimal --no-modify-path' \
      </dev/null || step "rustup could not be installed"
  else
    step "Installing Rust's stable toolchain with rustup"
    timeout 600 rustup toolchain install stable --profile minimal --no-self-update </dev/null \
      || step "rustup could not install the toolchain"
    if ! has_rust && timeout 5 rustup run stable rustc --version >/dev/null 2>&1; then
      rustup default stable </dev/null || true
    fi
  fi
  hash -r
  if has_rust; then return; fi
  need_debian_rust "There is no Rust compiler of version $(wanted_rust) or later."
}

need_wasm_std() {
  if [ "${CONFAB_WASM_FROM:-}" != debian ]; then
    if has_wasm_std; then return; fi
    if command -v rustup >/dev/null; then
      step "Adding the wasm32 target with rustup"
      RUSTUP_MAX_RETRIES=1 timeout 180 rustup target add wasm32-unknown-unknown </dev/null \
        || step "rustup could not add the target"
      if has_wasm_std; then return; fi
    fi
  fi
  need_debian_rust "The Rust compiler has no standard library for wasm32."
}

# need_debian_rust REASON: installs Debian's compiler and builds the wasm32 standard library from its source.
need_debian_rust() {
  if [ -e "$DEBIAN_RUST_DIR/ready" ]; then
    [ "${SYSROOT:-}" = "$DEBIAN_RUST_DIR" ] || use_debian_rust
    return
  fi
  command -v apt-get >/dev/null || give_up "$1" \
    "Install rustup (https://rustup.rs), then run: rustup toolchain install stable && rustup target add wasm32-unknown-unknown"
  step "$1 Using Debian's compiler instead"
  install_packages "a compiler for WebAssembly" rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web lld-22
  scripts/wasm-std-from-debian.sh "$DEBIAN_RUST_DIR" || give_up \
    "The wasm32 standard library could not be built from Debian's source." \
    "Install rustup (https://rustup.rs), then run: rustup toolchain install stable && rustup target add wasm32-unknown-unknown"
  use_debian_rust
}

# clippy and rustfmt, for the tests. Debian's compiler comes with both.
need_rust_components() {
  local component
  for component in clippy rustfmt; do
    if cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1; then continue; fi
    step "Adding $component with rustup"
    timeout 180 rustup component add "$component" </dev/null \
      || give_up "$component could not be installed." "Run: rustup component add $component"
  done
}
