# System packages: the one part of the set-up that needs root. Sourced by setup.sh.

# as_root COMMAND...: runs it as root, through sudo when we are not.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    give_up "Root is needed for: $*" "Run that command as root, then run this again."
  fi
}

# install_packages WHAT-FOR PACKAGE...: installs Debian packages, or says which are needed elsewhere.
install_packages() {
  local why=$1
  shift
  command -v apt-get >/dev/null || give_up \
    "$why is missing, and this system has no apt-get." \
    "Install the equivalent of these Debian packages, then run this again: $*"
  step "Installing system packages for $why: $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null >"$CONFAB_TOOLS/apt.log" 2>&1 && return
  # A new machine has no package lists, or old ones.
  as_root apt-get update </dev/null >"$CONFAB_TOOLS/apt.log" 2>&1 || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null >>"$CONFAB_TOOLS/apt.log" 2>&1 || {
    tail -n 20 "$CONFAB_TOOLS/apt.log" >&2
    give_up "apt-get could not install: $*" "Its words are above and in $CONFAB_TOOLS/apt.log." \
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

# First of the given commands that exists.
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

# What the journeys make networks of their own with, where they run as root. Debian keeps both out of a user's PATH.
need_networks() {
  local path=$PATH:/usr/sbin:/sbin missing=()
  PATH=$path command -v ip >/dev/null || missing+=(iproute2)
  PATH=$path command -v nft >/dev/null || missing+=(nftables)
  [ ${#missing[@]} = 0 ] || install_packages "the tests of broken networks" "${missing[@]}"
}

# nginx, which the journeys start as an ordinary program. Debian keeps it out of a user's PATH, and would have it run as a
# service from now on.
need_proxy() {
  if PATH=$PATH:/usr/sbin:/sbin command -v nginx >/dev/null; then return; fi
  install_packages "the tests behind a proxy" nginx-light
  if command -v systemctl >/dev/null; then as_root systemctl disable --now nginx >/dev/null 2>&1 || true; fi
}

# coturn, which the journeys start as an ordinary program. The package would have it run as a service from now on.
need_turn_server() {
  if command -v turnserver >/dev/null; then return; fi
  install_packages "the tests of relayed calls" coturn
  if command -v systemctl >/dev/null; then as_root systemctl disable --now coturn >/dev/null 2>&1 || true; fi
}
