#!/usr/bin/env bash
# schemathesis walks the local interface of a fresh recorder on loopback: tests/walk_api.sh [EXAMPLES], programs built before.
# It is installed from PyPI into target/tools/schemathesis.
set -euo pipefail
cd "$(dirname "$0")/.."
ROOT=$PWD
TOOLS=$PWD/target/tools PROGRAMS=${PROGRAMS:-$PWD/target/debug} EXAMPLES=${1:-30}
ST=$TOOLS/schemathesis/bin/schemathesis
if [ ! -x "$ST" ]; then
    "$TOOLS/venv/bin/python" -m venv "$TOOLS/schemathesis"
    "$TOOLS/schemathesis/bin/pip" install -q 'schemathesis>=4,<5'
fi
WORLD=$(mktemp -d) PID=
trap '[ -z "$PID" ] || kill "$PID"; rm -rf "$WORLD"' EXIT
"$PROGRAMS/resetkit" demo-world "$WORLD/w" --no-build --programs "$PROGRAMS" > /dev/null
cd "$WORLD/w"
"$PROGRAMS/resetd" run --config recorder/site.toml > "$WORLD/out" 2> "$WORLD/log" &
PID=$!
for _ in $(seq 100); do grep -q '^ready web' "$WORLD/out" && break; sleep 0.1; done
WEB=$(sed -n 's|^ready web \(http://[^ /]*\).*|\1|p' "$WORLD/out")
TOKEN=$(curl -sf "$WEB/api/v0/setup" -H 'Content-Type: application/json' \
    -d '{"password":"the long one that nobody remembers","email":"owner@example.org"}' | sed 's/.*"token":"\([^"]*\)".*/\1/')
cd "$WORLD"
"$ST" --config-file "$ROOT/tests/schemathesis.toml" run "$WEB/api/v0/openapi.json" --header "Authorization: Bearer $TOKEN" \
    --checks all --max-examples "$EXAMPLES" --continue-on-failure --no-color
