# What the scripts say on the terminal. Sourced.

step() { printf '==> %s\n' "$*"; }

# Says what failed and what to do about it, then ends the script.
give_up() {
  printf '\n!!! %s\n' "$1" >&2
  shift
  printf '    %s\n' "$@" >&2
  exit 1
}
