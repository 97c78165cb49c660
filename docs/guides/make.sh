#!/usr/bin/env bash
# Makes the guides of this folder anew, from the data that the device runs on. A test fails when they differ.
set -euo pipefail
cd "$(dirname "$0")/../.."
make() { # reader language
    cargo run --quiet --locked -p resetkit-cli -- guide --device nvr-4-button --for "$1" --lang "$2" \
        --out docs/guides/nvr-4-button --pictures-at "../../pictures/guide/$2"
}
make owner en
make owner de
make agent en
make agent de
make integrator en
make integrator de
