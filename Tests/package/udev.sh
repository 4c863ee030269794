#!/usr/bin/env bash
# What udev does to each stick and to a stranger, on devices that umockdev feigns.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ "$(id -u)" = 0 ] || { echo "left out, as only root can give udev rules: $0"; exit 0; }
work=$(mktemp -d)
rules=/run/udev/rules.d/60-oms2mqtt.rules
[ ! -e "$rules" ] || { echo "$rules is there already." >&2; exit 1; }
mkdir -p /run/udev/rules.d
cp udev/60-oms2mqtt.rules "$rules"
trap 'rm -rf "$work" "$rules"' EXIT

# device VENDOR PRODUCT NAME SERIAL: a USB device with a serial port, as umockdev describes it.
device() {
    cat <<END
P: /devices/usb1/1-1
N: bus/usb/001/002
E: SUBSYSTEM=usb
E: DEVTYPE=usb_device
E: DEVNAME=/dev/bus/usb/001/002
E: MAJOR=189
E: MINOR=1
A: busnum=1\\n
A: devnum=2\\n
A: idVendor=$1\\n
A: idProduct=$2\\n
A: product=$3\\n
A: power/control=auto\\n
${4:+A: serial=$4\\n
}
P: /devices/usb1/1-1/1-1:1.0
E: SUBSYSTEM=usb
E: DEVTYPE=usb_interface
A: bInterfaceNumber=00\\n
A: bInterfaceClass=ff\\n
A: bInterfaceSubClass=00\\n

P: /devices/usb1/1-1/1-1:1.0/ttyUSB7/tty/ttyUSB7
N: ttyUSB7
E: SUBSYSTEM=tty
E: DEVNAME=/dev/ttyUSB7
E: MAJOR=188
E: MINOR=7
END
}

faults=0
# expect WHAT PATTERN yes|no: whether a line of udev's answer has the pattern.
expect() {
    local found=no
    grep -qE "$2" "$work/answer" && found=yes
    [ "$found" = "$3" ] || { echo "$1: '$2' $3 expected" >&2; cat "$work/answer" >&2; faults=1; }
}

# stick VENDOR PRODUCT NAME SERIAL LINK: with an empty link the device only wakes the service, with
# - it is no concern of ours.
stick() {
    local known=yes wakes=yes
    case $5 in '') known=no ;; -) known=no wakes=no ;; esac
    device "$1" "$2" "$3" "$4" >"$work/device.umockdev"
    answer /devices/usb1/1-1/1-1:1.0/ttyUSB7/tty/ttyUSB7
    expect "$1:$2 $3" '^SYSTEMD_WANTS=oms2mqtt.service$' $wakes
    expect "$1:$2 $3" "LINK 'wmbus_" $known
    expect "$1:$2 $3" '^ID_MM_PORT_IGNORE=1$' $known
    [ $known = no ] || expect "$1:$2 $3" "LINK '$5'$" yes
    answer /devices/usb1/1-1
    expect "$1:$2 $3" '^ID_MM_DEVICE_IGNORE=1$' $known
    expect "$1:$2 $3" '60-oms2mqtt.rules:[0-9]+ MODE 0660' $known
    expect "$1:$2 $3" 'power/control.*on|ATTR.*control' $known
}

# What udev would do to the device at this path of sysfs; its exit code tells nothing.
answer() {
    umockdev-run -d "$work/device.umockdev" -- udevadm test "/sys$1" >"$work/answer" 2>&1 || true
}

stick 10c4 87ed 'iM871A' 0123AB wmbus_im871a_0123AB
stick 10c4 87ed 'iM871A' '' wmbus_im871a
stick 10c4 ea60 'WiMOD iM871A-USB' 0456CD wmbus_im871a_0456CD
stick 10c4 ea60 'CP2102 USB to UART Bridge Controller' 0001 ''
stick 0403 6001 'AMB8465-M' A600XYZ wmbus_amb8465_A600XYZ
stick 0403 6001 'Metis-II Plug' '' wmbus_amb8465
stick 0403 6001 'FT232R USB UART' A50285BI ''
stick 03eb 204b 'CUL868' '' wmbus_cul
stick 04b4 0003 'iU891A-XL' '1' wmbus_iu891a_1
stick 1a86 7523 'USB Serial' '' ''
stick 046d c52b 'USB Receiver' '' -
exit $faults
