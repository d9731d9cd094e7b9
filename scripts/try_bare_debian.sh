#!/usr/bin/env bash
# Tries the README's two commands on a Debian that has nothing but Python, git and make: first as an ordinary user,
# who must be told the one line to paste; then as root, where the packages install themselves; then as the user again.
# At the end it looks for what was left outside the checkouts.
#   sudo scripts/try_bare_debian.sh [FOLDER]         default: /tmp/triluna-bare; needs debootstrap, 3 GB, 10 minutes
# What is tried is the last commit of this checkout. SUITE=trixie tries another release. The network settings of
# this machine (resolver, apt, certificates, pip) are lent to the bare one; LEND="/a /b" lends it more folders.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
suite=${SUITE:-bookworm}
folder=${1:-/tmp/triluna-bare}
clean=$folder/$suite-clean root=$folder/$suite
[[ $EUID -eq 0 ]] || { echo "debootstrap, mount and chroot want root." >&2; exit 2; }

mounted=()
leave() {
  local place
  for place in "${mounted[@]}"; do umount --lazy "$place" || true; done
}
trap leave EXIT
lend() { # lend HOST_FOLDER: the same folder inside
  mkdir -p "$root$1"
  mount --bind "$1" "$root$1"
  mounted=("$root$1" "${mounted[@]}")
}
inside() { # inside USER COMMAND
  local pip_settings
  mapfile -t pip_settings < <(env | grep -E '^PIP_(FIND_LINKS|CERT|INDEX_URL|EXTRA_INDEX_URL)=' || true)
  chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin CI=true \
    HOME="$(chroot "$root" sh -c "echo ~$1")" USER="$1" "${pip_settings[@]}" \
    setpriv --reuid="$1" --regid="$1" --init-groups bash -c "cd ~/triluna && $2" </dev/null
}
try() { # try USER EXPECTED_EXIT_CODE COMMAND
  local begin=$SECONDS code=0
  printf '\n== %s$ %s\n' "$1" "$3"
  inside "$1" "$3" || code=$?
  printf -- '-- exit code %s after %s s\n' "$code" $((SECONDS - begin))
  [[ $code -eq $2 ]] || { echo "expected exit code $2" >&2; exit 1; }
}
outside() { # What lies where users and programs may write, but for the checkouts and the caches that README names.
  # /root/.ssh is made by systemd, one of the packages.
  (cd "$root" && find home root tmp var/tmp \( -name triluna -o -name .cache -o -name .X11-unix -o -name .ssh \) -prune -o -print | sort)
}
# Runs the app as a person would: waits for the picture of its window, then Ctrl+C. In a group of its own, so that
# Ctrl+C reaches all of it and nothing else.
run_a_while='rm -rf out; setsid make run & app=$!
  for _ in {1..1500}; do sleep .2; [ -s out/triluna-desktop.png ] && break; kill -0 $app || break; done; ls -l out/triluna-desktop.png
  sleep 1; kill -INT -- -$app; wait $app'

if [[ ! -e $clean/etc/debian_version ]]; then
  mkdir -p "$folder"
  debootstrap --variant=minbase --include=python3,git,make,ca-certificates "$suite" "$clean"
fi
[[ -e $root ]] && rm -rf --one-file-system "$root"
cp -a "$clean" "$root"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
cp -a /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
{
  echo "[global]"
  cat /etc/pip.conf "$HOME/.config/pip/pip.conf" 2>/dev/null | sed '/^\[/d' || true
} >"$root/etc/pip.conf"
for place in /proc /sys /dev /dev/pts /dev/shm ${LEND:-}; do lend "$place"; done
chroot "$root" useradd --create-home --shell /bin/bash person
for home in root home/person; do git clone --quiet --no-hardlinks . "$root/$home/triluna"; done
chroot "$root" chown -R person:person /home/person
before=$(outside)

try person 2 "make run"
try person 2 "make test"
try root 0 "make test"
try root 0 "make test"
try root 0 "$run_a_while"
try person 0 "make test"
try person 0 "make test"
try person 0 "$run_a_while"
diff <(echo "$before") <(outside) || { echo "the above was left outside the checkouts" >&2; exit 1; }
printf '\nAll as expected on a bare %s.\n' "$suite"
