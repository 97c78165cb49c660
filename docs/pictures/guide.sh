#!/usr/bin/env bash
# Makes docs/pictures/guide/: the step pictures of the guides, from the real screens that two stories walk through, in every
# language. 64 colours are enough for a screen and make a third of the size (pngquant; on Debian: apt-get install pngquant).
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v pngquant >/dev/null || { echo "pngquant is missing: apt-get install pngquant" >&2; exit 1; }
cargo test --locked -p resetkit-tests --test stories guide
kept="${CARGO_TARGET_DIR:-target}/artefacts"
for language in en de; do
    to="docs/pictures/guide/$language"
    rm -rf "$to" && mkdir -p "$to"
    for picture in "$kept/guide/$language"/*.png "$kept/guide-screen/$language"/*.png; do
        pngquant --strip --nofs --quality 60-95 --output "$to/$(basename "$picture")" 64 "$picture"
    done
done
du -sh docs/pictures/guide
