#!/usr/bin/env bash
# Makes docs/pictures/desk.png: the desk of `resetkit demo` in the middle of a reset, as the browser story leaves it behind.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo test --locked -p resetkit-tests --test stories desk::
cp "${CARGO_TARGET_DIR:-target}/artefacts/desk/desk-1600x900.png" docs/pictures/desk.png
