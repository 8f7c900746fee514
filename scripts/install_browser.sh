#!/usr/bin/env bash
# Install Debian's chromium for tests/browser, where it is missing and can be had; say so where it cannot.
set -euo pipefail
if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then
  exit 0
fi
root=()
if [ "$(id -u)" != 0 ]; then
  root=(sudo -n)
fi
if command -v apt-get >/dev/null && "${root[@]}" true 2>/dev/null &&
  "${root[@]}" apt-get update -qq &&
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; then
  exit 0
fi
echo "no chromium, and it cannot be installed here (apt-get as root, or sudo without a password): tests/browser will be skipped" >&2
