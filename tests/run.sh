#!/bin/sh
# Runs one shell test in an empty folder of its own: run.sh TEST. Needs BIN, SOURCE and TMP in the environment.
set -eu
chmod -R u+rwX "$TMP" 2>/dev/null || true
rm -rf "$TMP"
mkdir -p "$TMP"
cd "$TMP"
exec "$1"
