#!/usr/bin/env bash
# Prepares this machine to build Confab (`setup.sh build`), to format and check its code too (`setup.sh check`), to fuzz it
# (`setup.sh fuzz`), or to test it (`setup.sh test`).
#
# Can be run again at any time: it leaves alone what is installed already, and then takes less than a second.
# It writes to ${XDG_CACHE_HOME:-~/.cache}/confab/tools, to the folders of rustup and cargo, and, only through
# apt-get and for packages that it names first, to the system.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/report.sh
. scripts/env.sh
. scripts/setup-packages.sh
. scripts/setup-rust.sh
. scripts/setup-tools.sh

level=${1:-build}
case $level in
  build | check | fuzz | test) ;;
  *) give_up "Unknown level '$level'." "Usage: scripts/setup.sh [build|check|fuzz|test]" ;;
esac

mkdir -p "$CONFAB_TOOLS"
# Two checkouts must not install into the shared folder at the same time.
if command -v flock >/dev/null; then
  exec 9>"$CONFAB_TOOLS/.lock"
  flock --nonblock 9 || { step "Waiting for another set-up on this machine"; flock 9; }
fi

need_build_packages
need_rust
need_wasm_std
need_trunk
need_wasm_bindgen
need_wasm_opt
need_wasm_split
case $level in check | test) need_rust_components ;; esac
case $level in fuzz | test) need_cargo_fuzz ;; esac
if [ "$level" = test ]; then
  need_test_packages
  need_axe
fi
