# Runs in the container of system.sh, as root, and ends with "All is well." if it is.
set -euo pipefail
trap 'echo "life.sh:$LINENO: failed: $BASH_COMMAND"; systemctl --no-pager status oms2mqtt || true
      journalctl --no-pager -u oms2mqtt | tail -30' ERR
cd /root
property() { systemctl show --value --property="$1" oms2mqtt; }
# until_true COMMAND...: waits for it, at most 20 s.
until_true() { timeout 20 bash -c "until $*; do sleep 0.1; done"; }
# not COMMAND...: it fails; unlike `!`, this ends the script if it does not.
not() { ! "$@"; }
# The next message on a topic of the gateway, or the retained one.
heard() { mosquitto_sub -h 127.0.0.1 -C 1 -W 20 -t "$1"; }
# All files of the system.
files() {
    find / -xdev \( -path /proc -o -path /sys -o -path /run -o -path /root \) -prune -o -print | sort
}

files >before

echo "== Installed: it runs at once, without a stick"
dpkg --install oms2mqtt.deb
[ "$(property ActiveState)" = active ]
[ "$(property UnitFileState)" = enabled ]
[ "$(stat -c '%a %U:%G' /etc/oms2mqtt/e2m.yaml)" = "640 root:oms2mqtt" ]
[ "$(stat -c '%a %U:%G' /etc/oms2mqtt)" = "750 root:oms2mqtt" ]
oms2mqtt check --config /etc/oms2mqtt/e2m.yaml
[ "$(heard energy2mqtt/status)" = online ]
property StatusText
[ "$(property StatusText)" = "0 of 1 receiver, 0 meters, no telegram yet" ]

echo "== Shut in, it receives and publishes"
# A stick on a pseudo terminal that the service's user may open.
install -d -o oms2mqtt /run/stick
setpriv --reuid oms2mqtt --regid oms2mqtt --clear-groups \
    oms2mqtt simulate --stick im871a --link /run/stick/port --rate 5 --repeat &
simulator=$!
cat >/etc/oms2mqtt/e2m.yaml <<'END'
mqtt:
  allow_restart: true
oms:
  - name: gas
    id: 03ELS3312345678
    key: credential:gas_key
receivers:
  - stick: im871a
    port: /run/stick/port
END
mkdir -p /etc/systemd/system/oms2mqtt.service.d /etc/oms2mqtt/keys
(umask 077; echo 0102030405060708090A0B0C0D0E0F11 >/etc/oms2mqtt/keys/gas)
printf '[Service]\nLoadCredential=gas_key:/etc/oms2mqtt/keys/gas\n' \
    >/etc/systemd/system/oms2mqtt.service.d/keys.conf
systemctl daemon-reload
until_true test -e /run/stick/port
systemctl restart oms2mqtt
heard energy2mqtt/devs/OMS/gas
until_true 'systemctl show -P StatusText oms2mqtt | grep "^1 receiver, 1 meter"'
# Its web server too.
answered() {
    exec 3<>/dev/tcp/127.0.0.1/8240
    printf 'GET %s HTTP/1.0\r\n\r\n' "$1" >&3
    cat <&3
}
answered /readyz | grep '^Ready'
answered /metrics | grep '^oms2mqtt_meter_readings_total{meter="gas",id="03…678"}'

echo "== Figures"
systemctl --no-pager status oms2mqtt | head -12
grep -E 'VmHWM|VmRSS|RssAnon' "/proc/$(property MainPID)/status"
started=$(property ExecMainStartTimestampMonotonic)
echo "from start to ready: $((($(property ActiveEnterTimestampMonotonic) - started) / 1000)) ms"

echo "== A changed configuration is taken, by the same process"
running=$(property MainPID)
# logged TEXT: the log has had this line since the last change.
logged() { journalctl --quiet --unit=oms2mqtt --after-cursor="$cursor" | grep --fixed-strings "$1"; }
# changed: reload after a change of the file, as a person does it.
changed() {
    cursor=$(journalctl --unit=oms2mqtt --lines=0 --show-cursor | sed -n 's/^-- cursor: //p')
    "$@"
    systemctl reload oms2mqtt
}
export -f logged
export cursor
add_meter() {
    sed -i 's/^receivers:/  - name: allocator\n    id: 08DMQ0120000004\n&/' /etc/oms2mqtt/e2m.yaml
}
changed add_meter
until_true logged "'The changed configuration is used from now on.'"
heard energy2mqtt/devs/OMS/allocator
until_true 'systemctl show -P StatusText oms2mqtt | grep "^1 receiver, 2 meters"'
changed true
until_true logged "'The configuration file says what runs already.'"

echo "== A broken one is not, and what is wrong is told"
cp -p /etc/oms2mqtt/e2m.yaml sound.yaml
changed sed -i 's/id: 08DMQ0120000004/id: 08DMQ012/' /etc/oms2mqtt/e2m.yaml
until_true logged "'The changed configuration is not used'"
until_true 'systemctl show -P StatusText oms2mqtt | grep "2 meters.*; not used: "'
systemctl --no-pager --lines=4 status oms2mqtt
heard energy2mqtt/devs/OMS/allocator

echo "== Corrected, it is in order again"
changed cp sound.yaml /etc/oms2mqtt/e2m.yaml
until_true logged "'The configuration file is in order again.'"
property StatusText
not grep "not used" <<<"$(property StatusText)"
[ "$(property MainPID)" = "$running" ]
[ "$(property NRestarts)" = 0 ]
[ "$(property ActiveState)" = active ]

echo "== The command to restart is obeyed"
before=$(property MainPID)
until_true mosquitto_pub -h 127.0.0.1 -t energy2mqtt/mgt/command -m restart
timeout 60 bash -c "until [ \$(systemctl show -P NRestarts oms2mqtt) = 1 ]; do sleep 1; done"
until_true systemctl is-active --quiet oms2mqtt
[ "$(property MainPID)" != "$before" ]

echo "== A hung program is started anew"
before=$(property MainPID)
kill -STOP "$before"
timeout 120 bash -c "until [ \$(systemctl show -P NRestarts oms2mqtt) = 2 ]; do sleep 1; done"
until_true systemctl is-active --quiet oms2mqtt
[ "$(property MainPID)" != "$before" ]
journalctl --no-pager -u oms2mqtt | grep -i watchdog | head -2

echo "== Upgraded: the configuration stays"
sum=$(md5sum /etc/oms2mqtt/e2m.yaml)
dpkg --force-confold --install later.deb
[ "$sum" = "$(md5sum /etc/oms2mqtt/e2m.yaml)" ]
[ "$(stat -c '%a %U:%G' /etc/oms2mqtt/e2m.yaml)" = "640 root:oms2mqtt" ]
[ "$(property ActiveState)" = active ]
kill $simulator
touch /var/lib/oms2mqtt/learned

echo "== Removed: configuration and what was learned stay"
dpkg --remove oms2mqtt
[ -e /etc/oms2mqtt/e2m.yaml ]
[ -e /var/lib/oms2mqtt/learned ]
[ ! -e /usr/bin/oms2mqtt ]
[ "$(heard energy2mqtt/status)" = offline ]

echo "== Purged: nothing stays"
dpkg --purge oms2mqtt
not getent passwd oms2mqtt
rm -rf /etc/systemd/system/oms2mqtt.service.d
files >after
# What the system itself writes in the meantime is none of ours.
left=$(comm -13 before after | grep -vE '^/(var/(log|cache|tmp|lib/(systemd|mosquitto|dpkg))|tmp|dev)/' || true)
echo "left over: ${left:-nothing}"
[ -z "$left" ]
echo "All is well."
