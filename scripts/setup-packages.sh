# System packages: the only part of the set-up that needs root. Sourced by setup.sh.

# as_root COMMAND...: runs it as root, with sudo if necessary.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    give_up "This needs root: $*" "Run that command as root, then run this again."
  fi
}

# install_packages PURPOSE PACKAGE...: installs Debian packages; without apt-get, fails and lists them.
install_packages() {
  local why=$1
  shift
  command -v apt-get >/dev/null || give_up \
    "$why is missing, and this system has no apt-get." \
    "Install the equivalent of these Debian packages, then run this again: $*"
  step "Installing system packages for $why: $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null >"$CONFAB_TOOLS/apt.log" 2>&1 && return
  # A new machine has no package lists, or outdated ones.
  as_root apt-get update </dev/null >"$CONFAB_TOOLS/apt.log" 2>&1 || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null >>"$CONFAB_TOOLS/apt.log" 2>&1 || {
    tail -n 20 "$CONFAB_TOOLS/apt.log" >&2
    give_up "apt-get could not install: $*" "Its output is above and in $CONFAB_TOOLS/apt.log." \
      "Install them by hand, then run this again."
  }
}

need_build_packages() {
  local missing=()
  # SQLite is compiled from C, and the Rust compiler links with cc.
  if ! command -v cc >/dev/null; then missing+=(gcc libc6-dev); fi
  if ! command -v curl >/dev/null; then missing+=(curl ca-certificates); fi
  [ ${#missing[@]} = 0 ] || install_packages "the build" "${missing[@]}"
}

# first_command NAME...: prints the path of the first command that exists.
first_command() {
  local name
  for name in "$@"; do
    if command -v "$name"; then return; fi
  done
  return 1
}

has_cjk_font() {
  if command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn family)" ]; then return; fi
  dpkg -s fonts-noto-cjk >/dev/null 2>&1
}

need_test_packages() {
  local missing=()
  [ -n "${CONFAB_BROWSER:-}" ] || first_command chromium chromium-browser google-chrome >/dev/null || missing+=(chromium)
  [ -n "${CHROMEDRIVER:-}" ] || first_command chromedriver >/dev/null || missing+=(chromium-driver)
  has_cjk_font || missing+=(fonts-noto-cjk)
  [ ${#missing[@]} = 0 ] || install_packages "the browser tests" "${missing[@]}"
  need_turn_server
  need_proxy
  need_networks
}

# For the networks that the journeys create when they run as root. Debian keeps both commands out of a user's
# PATH.
need_networks() {
  local path=$PATH:/usr/sbin:/sbin missing=()
  PATH=$path command -v ip >/dev/null || missing+=(iproute2)
  PATH=$path command -v nft >/dev/null || missing+=(nftables)
  [ ${#missing[@]} = 0 ] || install_packages "the tests with broken networks" "${missing[@]}"
}

# nginx, which the journeys start themselves. Debian keeps it out of a user's PATH, and its package enables a
# service, which is disabled again.
need_proxy() {
  if PATH=$PATH:/usr/sbin:/sbin command -v nginx >/dev/null; then return; fi
  install_packages "the tests behind a proxy" nginx-light
  if command -v systemctl >/dev/null; then as_root systemctl disable --now nginx >/dev/null 2>&1 || true; fi
}

# coturn, which the journeys start themselves. Its package enables a service, which is disabled again.
need_turn_server() {
  if command -v turnserver >/dev/null; then return; fi
  install_packages "the tests with relayed calls" coturn
  if command -v systemctl >/dev/null; then as_root systemctl disable --now coturn >/dev/null 2>&1 || true; fi
}
