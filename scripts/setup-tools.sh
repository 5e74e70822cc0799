# The build tools trunk, wasm-bindgen and wasm-opt; for the tests also axe and cargo-fuzz. Sourced by
# setup.sh.

# cargo_install CRATE VERSION FOLDER ARGS...: builds a command into its own folder.
#
# Built with few optimisations, because these commands run only for seconds. The commands of one set-up share
# a target folder, which is removed afterwards.
cargo_install() {
  local crate=$1 version=$2 folder=$3
  shift 3
  : "${CONFAB_TOOLS_BUILD:=$(mktemp -d "$CONFAB_TOOLS/.build-XXXXXX")}"
  trap 'rm -rf "$CONFAB_TOOLS_BUILD"' EXIT
  step "Building $crate $version (takes some minutes, once per machine)"
  CARGO_TARGET_DIR=$CONFAB_TOOLS_BUILD CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
    cargo install "$crate" --version "$version" --root "$folder" "$@" </dev/null
}

need_trunk() {
  if [ -x "$TRUNK_DIR/bin/trunk" ]; then return; fi
  cargo_install trunk "$TRUNK_VERSION" "$TRUNK_DIR" --locked --no-default-features --features rustls || give_up \
    "trunk $TRUNK_VERSION could not be built." \
    "See its output above. Check the network, then run this again."
}

need_wasm_bindgen() {
  if [ -x "$WASM_BINDGEN_DIR/bin/wasm-bindgen" ] && [ -x "$WASM_BINDGEN_DIR/bin/wasm-bindgen-test-runner" ]; then return; fi
  # Without --locked as a fallback: a registry that lags some days may lack versions in the crate's lock file.
  cargo_install wasm-bindgen-cli "$WASM_BINDGEN_VERSION" "$WASM_BINDGEN_DIR" --locked \
    || cargo_install wasm-bindgen-cli "$WASM_BINDGEN_VERSION" "$WASM_BINDGEN_DIR" \
    || give_up "wasm-bindgen-cli $WASM_BINDGEN_VERSION could not be built." \
      "See its output above. Check the network, then run this again."
}

# Leptos' tool that splits a module into chunks.
need_wasm_split() {
  if [ -x "$WASM_SPLIT_DIR/bin/wasm-split-cli" ]; then return; fi
  cargo_install wasm_split_cli_support "$WASM_SPLIT_VERSION" "$WASM_SPLIT_DIR" --locked --features build-binary || give_up \
    "wasm-split-cli $WASM_SPLIT_VERSION could not be built." \
    "See its output above. Check the network, then run this again."
}

has_wasm_opt() { wasm-opt --version 2>/dev/null | awk '{ exit !($3 >= 120) }'; }

need_wasm_opt() {
  if has_wasm_opt; then return; fi
  step "Installing wasm-opt (binaryen $BINARYEN_VERSION)"
  if ! wasm_opt_from_npm && ! wasm_opt_from_release; then
    if command -v apt-get >/dev/null; then
      install_packages "wasm-opt" nodejs npm
      wasm_opt_from_npm || true
    fi
  fi
  hash -r
  has_wasm_opt || give_up "wasm-opt could not be installed." \
    "Install binaryen 120 or later so that 'wasm-opt' is on PATH, or install npm, then run this again."
}

wasm_opt_from_npm() {
  command -v npm >/dev/null || return 1
  mkdir -p "$BINARYEN_DIR"
  npm install --prefix "$BINARYEN_DIR" --no-audit --no-fund --loglevel=error "binaryen@$BINARYEN_VERSION" </dev/null
  hash -r
  has_wasm_opt
}

wasm_opt_from_release() {
  local arch os
  case $(uname -m) in x86_64 | amd64) arch=x86_64 ;; arm64 | aarch64) arch=aarch64 ;; *) return 1 ;; esac
  case $(uname -s) in Linux) os=linux ;; Darwin) os=macos arch=${arch/aarch64/arm64} ;; *) return 1 ;; esac
  mkdir -p "$BINARYEN_DIR"
  local url=https://github.com/WebAssembly/binaryen/releases/download/version_$BINARYEN_VERSION
  curl -sfL --connect-timeout 15 --max-time 300 -o "$BINARYEN_DIR/release.tar.gz" \
    "$url/binaryen-version_$BINARYEN_VERSION-$arch-$os.tar.gz" || return 1
  tar -xzf "$BINARYEN_DIR/release.tar.gz" -C "$BINARYEN_DIR" --strip-components=1 || return 1
  rm "$BINARYEN_DIR/release.tar.gz"
  hash -r
  has_wasm_opt
}

# Runs the targets of fuzz/. libFuzzer is C++ and is compiled with them.
need_cargo_fuzz() {
  command -v c++ >/dev/null || install_packages "the fuzz targets" g++
  if [ -x "$CARGO_FUZZ_DIR/bin/cargo-fuzz" ]; then return; fi
  cargo_install cargo-fuzz "$CARGO_FUZZ_VERSION" "$CARGO_FUZZ_DIR" --locked || give_up \
    "cargo-fuzz $CARGO_FUZZ_VERSION could not be built." \
    "See its output above. Check the network, then run this again."
}

# axe's accessibility rules: one script, which the journeys run in each page.
need_axe() {
  if [ -s "$CONFAB_AXE" ]; then return; fi
  command -v npm >/dev/null || install_packages "the accessibility tests" nodejs npm
  step "Downloading axe-core $AXE_VERSION"
  npm install --prefix "${CONFAB_AXE%/node_modules/*}" --no-audit --no-fund --ignore-scripts --loglevel=error \
    "axe-core@$AXE_VERSION" </dev/null || true
  [ -s "$CONFAB_AXE" ] || give_up "axe-core $AXE_VERSION could not be downloaded." \
    "See npm's output above. Check the network, then run this again."
}
