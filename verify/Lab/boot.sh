#!/usr/bin/env bash
# Boots one lab host: the root of root.sh with a layer of its own over it, and systemd as process 1 with limits that hold.
#   boot.sh ROOT FOLDER NAME [SOURCE:TARGET ...]    the binds are read-only, but for those that end in :rw;
#   with :btrfs the source is a disk of 1 GB in a file, with a file system of its own, made if it is not there
# Says "init PID" once systemd runs. FOLDER is the host's disk: if the host goes by itself, it stays and can be booted again.
# The host lives as long as standard input is open: when the caller ends, in whatever way, nothing of the two stays behind.
set -euo pipefail
root=$1 folder=$2 name=$3; shift 3
# What runs in the background would get an empty standard input instead.
exec 3<&0
controllers=(memory cpu cpuacct pids devices blkio freezer)
below=vetbooking-lab
mkdir -p "$folder/upper" "$folder/work" "$folder/merged"

# Controllers of version 1 only count for whom they are writable: each gets a group below the one this script is in.
own() { awk -F: -v c="$1" '{ n = split($2, a, ","); for (i = 1; i <= n; i++) if (a[i] == c || (c == "unified" && $1 == 0)) { print $3; exit } }' /proc/self/cgroup; }
groups=()
for c in "${controllers[@]}" name=systemd unified; do
  parent=/sys/fs/cgroup/${c#name=}$(own "$c")
  [[ -d $parent ]] || { echo "No cgroup controller $c at $parent: the lab needs version 1, writable." >&2; exit 1; }
  # What a killed script could not take away; its number is in the name.
  for old in "${parent%/}/$below".*; do
    [[ -d $old && (${old##*.} == "$$" || ! -d /proc/${old##*.}) ]] && find "$old" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
  groups+=("${parent%/}/$below.$$")
done

keep=
clean() {
  exec 2>/dev/null
  kill -KILL ${lab:-} ${watch:-} || true
  wait
  [[ $keep ]] || rm -rf --one-file-system "$folder"
  for group in "${groups[@]}"; do
    for _ in {1..50}; do
      find "$group" -depth -type d -exec rmdir {} + || true
      [[ -d $group ]] || break
      sleep 0.1
    done
  done
}
trap clean EXIT
trap 'exit 1' TERM INT HUP

mkdir "${groups[@]}"
(
  for group in "${groups[@]}"; do echo "$BASHPID" > "$group/cgroup.procs"; done
  # Dies with this script even if that is killed, and process 1 with it.
  exec setpriv --pdeathsig KILL unshare --pid --mount --net --ipc --uts --cgroup --fork --kill-child --propagation private \
    bash "${BASH_SOURCE[0]%/*}/inside.sh" "$root" "$folder" "$name" "${controllers[*]}" "$@" </dev/null 3<&- >"$folder/console" 2>&1
) &
lab=$!
until [[ ${init:-} && $(cat "/proc/$init/comm" 2>/dev/null) == systemd ]]; do
  kill -0 "$lab" 2>/dev/null || { cat "$folder/console" >&2; exit 1; }
  sleep 0.05
  read -r init < "/proc/$lab/task/$lab/children" 2>/dev/null || true
done
echo "init $init"

# Until the host has gone by itself, or the caller has.
{ while read -r _; do :; done <&3; kill -TERM $$; } &
watch=$!
wait "$lab" 2>/dev/null || true
keep=1
