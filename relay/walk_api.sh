#!/usr/bin/env bash
# schemathesis walks the relay's interface as its OpenAPI describes it: relay/walk_api.sh [EXAMPLES], programs built before.
# A hundred thousand calls (R73): relay/walk_api.sh 20000. It is installed from PyPI into target/tools/schemathesis.
set -euo pipefail
cd "$(dirname "$0")/.."
TOOLS=$PWD/target/tools PROGRAMS=${PROGRAMS:-$PWD/target/debug} EXAMPLES=${1:-50}
ST=$TOOLS/schemathesis/bin/schemathesis
if ! "$TOOLS/schemathesis/bin/python" -c 'import schemathesis' 2> /dev/null; then
    rm -rf "$TOOLS/schemathesis"
    "$TOOLS/venv/bin/python" -m venv "$TOOLS/schemathesis"
    "$TOOLS/schemathesis/bin/python" -m pip install -q 'schemathesis>=4,<5'
fi
CONFIG=$PWD/relay/schemathesis.toml
WORLD=$(mktemp -d) PID=
trap '[ -z "$PID" ] || kill "$PID"; rm -rf "$WORLD"' EXIT
"$PROGRAMS/resetkit" demo-world "$WORLD/w" --no-build --programs "$PROGRAMS" > /dev/null
cd "$WORLD/w"
printf '\n[quotas]\nper_ip_minute = 0\n' >> relay/relay.toml
"$PROGRAMS/reset-relay" serve --config relay/relay.toml > "$WORLD/out" 2> "$WORLD/log" &
PID=$!
for _ in $(seq 100); do grep -q '^ready' "$WORLD/out" && break; sleep 0.1; done
WEB=$(sed -n 's|^ready \(.*\)|\1|p' "$WORLD/out")
cd "$WORLD"
# As nobody, as an agent and as an approver: the desk's part answers each of them otherwise.
for who in nobody anna bert; do
    set --
    [ "$who" = nobody ] || set -- -H "Authorization: Bearer $(cat "$WORLD/w/desk/$who.token")" --include-path-regex '^/v1/support/'
    "$TOOLS/schemathesis/bin/python" "$ST" --config-file "$CONFIG" run "$WEB/v1/openapi.json" --checks all --max-examples "$EXAMPLES" --generation-deterministic --continue-on-failure --no-color "$@"
done
