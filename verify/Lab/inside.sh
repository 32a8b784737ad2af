#!/usr/bin/env bash
# The first moments of a lab host, already in namespaces of its own: file systems, then systemd. Called by boot.sh.
set -euo pipefail
root=$1 folder=$2 name=$3 controllers=$4; shift 4
R=$folder/merged
mount -t overlay overlay -o "lowerdir=$root,upperdir=$folder/upper,workdir=$folder/work" "$R"

if [[ ! -s $R/etc/machine-id ]]; then
  tr -d - < /proc/sys/kernel/random/uuid > "$R/etc/machine-id"
  chroot "$R" ssh-keygen -q -t ed25519 -N '' -C "root@$name" -f /etc/ssh/ssh_host_ed25519_key
  echo "$name" > "$R/etc/hostname"
  printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$name" > "$R/etc/hosts"
fi

mount -t proc proc "$R/proc"
# What is there once for the whole machine is not the host's to set; its own network's settings are.
for path in sys sysrq-trigger irq bus; do
  [[ -e $R/proc/$path ]] || continue
  mount --bind "$R/proc/$path" "$R/proc/$path"
  mount -o remount,bind,ro "$R/proc/$path"
done
mount --bind "$R/proc/sys/net" "$R/proc/sys/net"
mount -o remount,bind,rw "$R/proc/sys/net"
mount -t sysfs -o ro sysfs "$R/sys"
mount -t tmpfs -o mode=755 tmpfs "$R/dev"
mkdir "$R/dev/pts" "$R/dev/shm"
for node in null zero full random urandom tty; do touch "$R/dev/$node"; mount --bind "/dev/$node" "$R/dev/$node"; done
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$R/dev/pts"
ln -s pts/ptmx "$R/dev/ptmx"
ln -s /proc/self/fd "$R/dev/fd"
mount -t tmpfs -o mode=755 tmpfs "$R/run"
mount -t tmpfs -o mode=1777 tmpfs "$R/tmp"
mount -t tmpfs -o mode=755 tmpfs "$R/sys/fs/cgroup"
for c in $controllers; do mkdir "$R/sys/fs/cgroup/$c"; mount -t cgroup -o "$c" cgroup "$R/sys/fs/cgroup/$c"; done
mkdir "$R/sys/fs/cgroup/systemd" "$R/sys/fs/cgroup/unified"
mount -t cgroup -o none,name=systemd cgroup "$R/sys/fs/cgroup/systemd"
# Beside version 1: the filters for addresses hang on it.
mount -t cgroup2 cgroup2 "$R/sys/fs/cgroup/unified"

for bind in "$@"; do
  IFS=: read -r source target mode <<<"$bind"
  if [[ $mode == btrfs ]]; then
    [[ -e $source ]] || { truncate -s 1G "$source" && mkfs.btrfs -q "$source" && mkdir -p "$R$target"; }
    mount -o loop "$source" "$R$target"
    continue
  fi
  if [[ -d $source ]]; then mkdir -p "$R$target"; else mkdir -p "$(dirname "$R$target")"; touch "$R$target"; fi
  mount --bind "$source" "$R$target"
  [[ $mode == rw ]] || mount -o remount,bind,ro "$R$target"
done

hostname "$name"
ip link set lo up
cd "$R"
mkdir -p run/old
pivot_root . run/old
umount -l /run/old
rmdir /run/old
exec env -i container=vetbooking-lab PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/lib/systemd/systemd --system --log-target=journal </dev/null
