#!/usr/bin/env bash
# Run the tests that need no browser, cluster or other program with another Python, in an environment of its own:
#   scripts/test_python.sh 3.13
# It is looked for on the PATH and with pyenv; a machine without it says so, and nothing is tested.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$1
for python in "python$version" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version"*/bin/python; do
    # A shim of pyenv may be there without its Python.
    if "$python" -c '' 2>/dev/null; then
        "$python" -m venv --clear ".venv-$version"
        ".venv-$version/bin/pip" install --quiet --disable-pip-version-check -e '.[dev]'
        exec ".venv-$version/bin/python" -m pytest -m 'not browser and not cluster and not peers'
    fi
done
echo "not tested with Python $version: it is neither on the PATH nor in pyenv"
