#!/usr/bin/env bash
# A package's life in a small Debian of its own, which systemd starts in a container: installed,
# working, upgraded, removed, purged. Takes the package's file; needs root, debootstrap and
# systemd-nspawn, and fetches Debian once (ROOT=directory keeps it for the next time).
set -euo pipefail
package=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
release=${RELEASE:-bookworm}
ROOT=${ROOT:-$work/clean}

if [ ! -e "$ROOT/usr/bin/mosquitto_sub" ]; then
    debootstrap --variant=minbase \
        --include=systemd,systemd-sysv,udev,dbus,procps,mosquitto,mosquitto-clients \
        "$release" "$ROOT" >"$work/debootstrap.log" || { tail "$work/debootstrap.log"; exit 1; }
    # What the package depends on, so that the container needs no network.
    wanted=$(dpkg-deb --field "$package" Depends | sed 's/([^)]*)//g; s/|[^,]*//g; s/,/ /g')
    # shellcheck disable=SC2086
    chroot "$ROOT" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends $wanted >"$work/apt.log"
fi
system=$work/system
cp -a "$ROOT" "$system"

# The same program as a later version whose sample configuration is another one.
cp "$package" "$system/root/oms2mqtt.deb"
dpkg-deb --raw-extract "$package" "$work/later"
sed -i 's/^Version: .*/Version: 99.0/' "$work/later/DEBIAN/control"
echo '# A later sample.' >>"$work/later/etc/oms2mqtt/e2m.yaml"
dpkg-deb --root-owner-group --build "$work/later" "$system/root/later.deb" >/dev/null

cp "$here/life.sh" "$system/root/"
cat >"$system/etc/systemd/system/life.service" <<'END'
[Unit]
After=mosquitto.service multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/bash /root/life.sh
StandardOutput=file:/root/life.log
StandardError=inherit
ExecStopPost=/bin/systemctl --no-block poweroff
[Install]
WantedBy=graphical.target
END
wants=$system/etc/systemd/system/graphical.target.wants
mkdir -p "$wants"
ln -s ../life.service "$wants/"
timeout 300 systemd-nspawn --quiet --directory="$system" --register=no --keep-unit \
    --private-network --boot >"$work/console.log" 2>&1 </dev/null || true
cat "$system/root/life.log" || { tail -20 "$work/console.log"; exit 1; }
[ "$(tail -1 "$system/root/life.log")" = "All is well." ]
