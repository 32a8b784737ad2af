#!/usr/bin/env bash
# Makes the root file system every lab host begins with, a bare Debian of this machine's own release and mirror, and prints
# its folder. It is never written to again: hosts lie over it as overlays. Made once; another list of packages makes another.
#   root.sh FOLDER [PACKAGE ...]    more packages make another root beside it
set -euo pipefail

# What a server needs for the product (libicu72 is found when a program starts, not by ldd), and what attacks look at it
# with: nothing of the product itself, no compiler, no .NET.
packages=libicu72,systemd,systemd-sysv,dbus,ca-certificates,curl,procps,iproute2,caddy,sqlite3,openssh-server,openssh-client,restic,rsync,btrfs-progs,python3-minimal,python3-prometheus-client,pebble

mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
root=$folder/root-$(cat "${BASH_SOURCE[0]}" - <<<"$*" | md5sum | cut -c1-8)
for package in "$@"; do packages+=,$package; done
if [[ -d $root ]]; then echo "$root"; exit 0; fi
exec 9>"$root.lock"
flock 9
if [[ -d $root ]]; then echo "$root"; exit 0; fi

missing=()
for pair in mmdebstrap:mmdebstrap unshare:util-linux ip:iproute2; do
  command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
if ((${#missing[@]})); then
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# This machine's own entries for Debian and no others: what its owner added from elsewhere does not belong in the lab.
sources=$(awk -v RS= -v ORS='\n\n' '/debian-archive-keyring|debian\.org/ && /(^|\n)URIs:/' /etc/apt/sources.list.d/*.sources 2>/dev/null || true)
[[ $sources ]] || sources=$(grep -hE '^deb .*(debian\.org|/debian)' /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null || true)
[[ $sources ]] || { echo "No Debian mirror in this machine's apt sources: add one, then try again." >&2; exit 1; }
# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "$VERSION_CODENAME")

rm -rf "$root.making"
# Flushing each file of what can be made again would be most of the time. Manuals are left out by dpkg from the second step
# on only: in the first, where mmdebstrap leaves them out itself, that takes longer than all the rest.
mmdebstrap --quiet --mode=root --variant=minbase --include="$packages" --dpkgopt=force-unsafe-io --aptopt='Acquire::Languages "none"' \
  --extract-hook='printf "path-exclude=/usr/share/%s/*\n" man doc locale > "$1/etc/dpkg/dpkg.cfg.d/lab"' \
  "$release" "$root.making" - <<<"$sources" >&2
# There is nowhere to fetch from, and nothing is to start by itself while something is measured.
systemctl --quiet --root="$root.making" mask apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer dpkg-db-backup.timer
# Each host makes its own name, number and keys when it boots.
rm -f "$root.making"/etc/ssh/ssh_host_* "$root.making/etc/hostname"
: > "$root.making/etc/machine-id"
mv "$root.making" "$root"
echo "$root"
