#!/usr/bin/env bash
# schemathesis walks the local interface of a fresh recorder on loopback: tests/walk_api.sh [EXAMPLES], programs built before.
# It walks with a log-in and with sessions that are alive, so that most answers are good ones; the same examples each time.
# It is installed from PyPI into target/tools/schemathesis.
set -euo pipefail
cd "$(dirname "$0")/.."
ROOT=$PWD
TOOLS=$PWD/target/tools PROGRAMS=${PROGRAMS:-$PWD/target/debug} EXAMPLES=${1:-30}
ST=$TOOLS/schemathesis/bin
if ! "$ST/python" -c 'import schemathesis' 2> /dev/null; then
    rm -rf "$TOOLS/schemathesis"
    "$TOOLS/venv/bin/python" -m venv "$TOOLS/schemathesis"
    "$ST/python" -m pip install -q 'schemathesis>=4.1,<5'
fi
WORLD=$(mktemp -d) PID=
trap '[ -z "$PID" ] || kill "$PID"; rm -rf "$WORLD"' EXIT
"$PROGRAMS/resetkit" demo-world "$WORLD/w" --no-build --programs "$PROGRAMS" > /dev/null
cd "$WORLD/w"
"$PROGRAMS/resetd" run --config recorder/site.toml > "$WORLD/out" 2> "$WORLD/log" &
PID=$!
for _ in $(seq 100); do grep -q '^ready web' "$WORLD/out" && break; sleep 0.1; done
WEB=$(sed -n 's|^ready web \(http://[^ /]*\).*|\1|p' "$WORLD/out")
PASSWORD='the long one that nobody remembers'

# PATH BODY [TOKEN]: the answer to a POST.
post() { curl -sf "$WEB/api/v0/$1" -H 'Content-Type: application/json' -d "$2" ${3:+-H "Authorization: Bearer $3"}; }
# NAME: the value of a field of the JSON on stdin.
field() { "$ST/python" -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
# PREFIX: opens a reset and exports PREFIX_ID and PREFIX_TOKEN.
opens() {
    local answer
    answer=$(post resets '{"account":"admin"}')
    export "$1_ID=$(field id <<< "$answer")" "$1_TOKEN=$(field token <<< "$answer")"
}
post setup "{\"password\":\"$PASSWORD\",\"email\":\"owner@example.org\"}" > /dev/null
LOGIN=$(post login "{\"account\":\"admin\",\"password\":\"$PASSWORD\"}" | field token)
LOGIN_TO_END=$(post login "{\"account\":\"admin\",\"password\":\"$PASSWORD\"}" | field token)
export LOGIN LOGIN_TO_END
opens LOOKED
post "resets/$LOOKED_ID/events" '{"event":"acknowledge"}' "$LOOKED_TOKEN" > /dev/null
for _ in $(seq 100); do
    curl -sf "$WEB/api/v0/resets/$LOOKED_ID/qr.txt" -H "Authorization: Bearer $LOOKED_TOKEN" > /dev/null && break
    sleep 0.1
done
opens DRIVEN
opens ENDED
post "resets/$ENDED_ID/events" '{"event":"cancel"}' "$ENDED_TOKEN" > /dev/null
cd "$WORLD"
"$ST/python" "$ST/schemathesis" --config-file "$ROOT/tests/schemathesis.toml" run "$WEB/api/v0/openapi.json" \
    --max-examples "$EXAMPLES" --generation-deterministic --continue-on-failure --request-timeout 40 --no-color
# Whoever walked it has not broken it.
curl -sf "$WEB/api/v0/resets/$LOOKED_ID" -H "Authorization: Bearer $LOOKED_TOKEN" > /dev/null
