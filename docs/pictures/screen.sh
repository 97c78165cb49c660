#!/usr/bin/env bash
# Makes docs/pictures/screen.png: the local screen with the QR code, as the story at a terminal of 160 by 50 leaves it behind.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo test --locked -p resetkit-tests --test stories terminal::r34
cp "${CARGO_TARGET_DIR:-target}"/artefacts/terminal/160x50/*-qr.png docs/pictures/screen.png
