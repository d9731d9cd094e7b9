#!/bin/sh
# Runs a command that tests: with a temporary folder and a home folder of its own, which go when it ends.
#   [TMPDIR=DIR] scripts/in_scratch.sh COMMAND [ARGUMENTS]
# Libraries keep things in the home folder (Qt the places of file dialogs, fontconfig its cache), and pytest the folders
# of tests that failed. Of a run that failed they stay, and it says where. The name is short: sockets lie in it.
set -u
scratch=$(mktemp -d "${TMPDIR:-/tmp}/tri.XXXXXX") || exit 1
mkdir "$scratch/home" || exit 1
end() {
  chmod -R u+rwX "$scratch" 2>/dev/null
  rm -rf "$scratch"
}
trap 'end; exit 130' INT TERM HUP
env -u XDG_CACHE_HOME -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_STATE_HOME HOME="$scratch/home" TMPDIR="$scratch" "$@"
code=$?
if [ "$code" -eq 1 ]; then # pytest: tests ran, and some failed; its other codes leave nothing to look at.
  echo "What the failed tests left: $scratch" >&2
else
  end
fi
exit "$code"
