#!/usr/bin/env bash
# Checks what is installed: the unit, the udev rules and the Debian package. What the tools that are
# there can check is checked; what is left out is said.
#
#   Tests/package/check.sh             the files, as they are
#   PACKAGE=1 Tests/package/check.sh   also builds the package and looks into it
#   SYSTEM=1 Tests/package/check.sh    also the package's life in a small Debian of its own that
#                                      systemd starts (as root, a few minutes, fetches Debian)
set -euo pipefail
cd "$(dirname "$0")/../.."

faults=0
fault() { echo "FAULT: $*" >&2; faults=$((faults + 1)); }
has() { command -v "$1" >/dev/null || { echo "left out, as there is no $1: $2"; return 1; }; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The unit: systemd understands each line, and the service is well shut in.
highest_exposure=20
if has systemd-analyze "the unit"; then
    sed 's|^ExecStart=/usr/bin/oms2mqtt|ExecStart=/bin/true|' udev/oms2mqtt.service \
        >"$work/oms2mqtt.service"
    said=$(systemd-analyze verify --man=no "$work/oms2mqtt.service" 2>&1) || true
    [ -z "$said" ] || fault "systemd-analyze verify says: $said"
    if systemd-analyze security --offline=true --threshold=$highest_exposure \
        "$work/oms2mqtt.service" >"$work/security" 2>&1; then
        tail -1 "$work/security"
    else
        fault "The service is too open: $(tail -1 "$work/security")"
    fi
fi

# The rules: udev understands them, and gives each stick what the rules promise.
if has udevadm "the udev rules"; then
    if udevadm verify --help >/dev/null 2>&1; then
        udevadm verify udev/60-oms2mqtt.rules || fault "udevadm verify finds faults."
    else
        echo "left out, as this udevadm has no 'verify' (it came with systemd 254)"
    fi
    if has umockdev-run "what the rules do to a stick"; then
        Tests/package/udev.sh || fault "The udev rules do not do what they should."
    fi
fi

if [ -n "${PACKAGE:-}${SYSTEM:-}" ]; then
    make deb
    package=$(ls -t dist/oms2mqtt_*.deb | head -1)
    dpkg-deb --info "$package" | grep -E 'size|Version|Architecture|Installed-Size|Depends'
    if has lintian "the package by Debian's rules"; then
        lintian --allow-root --pedantic --fail-on error,warning,info,pedantic "$package" \
            || fault "lintian finds faults."
    fi
    if has man "the man page"; then
        said=$(man --warnings -E UTF-8 -l .build/manual/oms2mqtt.1 2>&1 >/dev/null) || true
        [ -z "$said" ] || fault "man says: $said"
    fi
    bash -n .build/manual/bash || fault "bash does not understand its completions."
fi

if [ -n "${SYSTEM:-}" ]; then
    Tests/package/system.sh "$package" || fault "The package misbehaves in a running system."
fi

[ "$faults" = 0 ] || { echo "$faults faults in the package, see above." >&2; exit 1; }
echo "The package is in order, as far as was checked."
