# shellcheck shell=bash
# Shared by the scripts of this folder; sourced, not run. Needs nothing but bash.

# Every script works from the root of the repository, wherever it was called from.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' dim='' red='' plain=''
fi

section_name=''
section_start=0

# Ends the section before, with its time, and starts the next one.
section() {
  end_section
  section_name=$1
  section_start=$SECONDS
  printf '\n%s== %s%s\n' "$bold" "$1" "$plain"
}

end_section() {
  [ -n "$section_name" ] || return 0
  printf '%s   done in %d s: %s%s\n' "$dim" "$((SECONDS - section_start))" "$section_name" "$plain"
  section_name=''
}

# Prints a command as one would type it, then runs it.
run() {
  printf '%s$ %s%s\n' "$bold" "$(printf '%s ' "$@" | sed 's/ $//')" "$plain"
  "$@"
}

# die "what is wrong" "what to do about it"
die() {
  printf '\n%s%s: %s%s\n' "$red" "scripts/$(basename "$0")" "$1" "$plain" >&2
  [ $# -lt 2 ] || printf '  What to do: %s\n' "$2" >&2
  exit 1
}

# A command that fails in a script must say in which section it did.
trap 'code=$?; [ -z "$section_name" ] || printf "\n%sFailed in section: %s (line %s of scripts/%s, exit code %s)%s\n" "$red" "$section_name" "$LINENO" "$(basename "$0")" "$code" "$plain" >&2' ERR
set -E

need_swift() {
  command -v swift >/dev/null 2>&1 ||
    die "the command 'swift' was not found" \
      "install Swift 6.3 or newer from https://www.swift.org/install/linux/ and put its usr/bin on your PATH"
}

need_python() {
  command -v python3 >/dev/null 2>&1 || die "the command 'python3' was not found" "run 'make setup'"
}

# Packages out of the arguments that are not installed, one a line.
missing_packages() {
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' || true)
  local name
  for name in "$@"; do
    grep -qxF -- "$name" <<<"$installed" || printf '%s\n' "$name"
  done
}

# Installs the Debian packages that are missing, and says nothing when none is.
install_packages() {
  if ! command -v dpkg-query >/dev/null 2>&1; then
    printf 'This is no Debian or Ubuntu system, so nothing was installed by itself.\n' >&2
    printf 'If the build fails, install what these packages hold on Debian: %s\n' "$*" >&2
    return 0
  fi
  local missing
  missing=$(missing_packages "$@" | tr '\n' ' ')
  missing=${missing% }
  [ -n "$missing" ] || return 0
  command -v apt-get >/dev/null 2>&1 ||
    die "packages are missing and there is no apt-get: $missing" "install them by hand, then try again"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 ||
      die "packages are missing, and you are neither root nor is there sudo: $missing" \
        "ask somebody with the rights to run: apt-get install $missing"
    as_root=(sudo)
  fi
  printf 'Installing: %s\n' "$missing"
  # A fresh system has no package lists; a stale one has lists of files that are gone. Fetch them only then.
  # shellcheck disable=SC2086
  if ! apt_install "${as_root[@]}" -- $missing >/dev/null 2>&1; then
    run "${as_root[@]}" apt-get update -qq
    # shellcheck disable=SC2086
    apt_install "${as_root[@]}" -- $missing ||
      die "apt-get could not install: $missing" "read its message above; is the network there, is the disk full?"
  fi
  missing=$(missing_packages $missing | tr '\n' ' ')
  [ -z "$missing" ] || die "still missing after the installation: $missing" "install them by hand, then try again"
}

# apt_install [sudo] -- package…
apt_install() {
  local prefix=()
  while [ "$1" != -- ]; do prefix+=("$1"); shift; done
  shift
  "${prefix[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"
}

# The program's place after a release build; JAGA names another one.
jaga_program() {
  printf '%s\n' "${JAGA:-$root/.build/release/jaga}"
}

need_jaga() {
  jaga=$(jaga_program)
  [ -x "$jaga" ] || die "the program is not there: ${jaga#"$root"/}" "run 'swift build -c release --product jaga'"
}
