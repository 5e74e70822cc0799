# Messages of the scripts on the terminal. Sourced.

step() { printf '==> %s\n' "$*"; }

# give_up PROBLEM ADVICE...: prints what failed and what to do about it, then exits.
give_up() {
  printf '\n!!! %s\n' "$1" >&2
  shift
  printf '    %s\n' "$@" >&2
  exit 1
}
