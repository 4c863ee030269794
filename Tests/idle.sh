#!/bin/sh
# What the program costs while nothing is heard: processor time over a minute and memory, with a
# broker and a stick that is not there.
#
#   Tests/idle.sh [program] [seconds]
set -eu
program=${1:-.build/release/oms2mqtt}
seconds=${2:-60}
directory=$(mktemp -d)
port=$((20000 + $$ % 20000))
printf 'listener %s 127.0.0.1\nallow_anonymous true\nuser root\nlog_dest none\n' "$port" \
    > "$directory/broker.conf"
/usr/sbin/mosquitto -c "$directory/broker.conf" &
broker=$!
cat > "$directory/e2m.yaml" <<YAML
mqtt: {host: 127.0.0.1, port: $port}
httpd: {enabled: false}
storage: {path: $directory}
receivers: [{stick: im871a, port: $directory/stick}]
YAML
"$program" run --config "$directory/e2m.yaml" 2> "$directory/log" &
gateway=$!
trap 'kill $gateway $broker 2>/dev/null; wait 2>/dev/null; rm -r "$directory"' EXIT
sleep 5
ticks() { awk '{ print $14 + $15 }' "/proc/$gateway/stat"; }
before=$(ticks)
sleep "$seconds"
after=$(ticks)
awk -v ticks=$((after - before)) -v rate="$(getconf CLK_TCK)" -v seconds="$seconds" \
    'BEGIN { printf "processor: %.3f %%\n", 100 * ticks / rate / seconds }'
awk '/^VmRSS/ { print "resident: " $2 " KiB" }' "/proc/$gateway/status"
awk '/^Private_Dirty/ { sum += $2 } END { print "private: " sum " KiB" }' \
    "/proc/$gateway/smaps_rollup"
awk '/^Anonymous/ { sum += $2 } END { print "private anonymous: " sum " KiB" }' \
    "/proc/$gateway/smaps_rollup"
