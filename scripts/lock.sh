#!/usr/bin/env bash
# Writes the two lock files anew: names, versions, hashes, and no registry's address. Needs uv; nothing else here does.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--universal --python-version 3.11 --generate-hashes --no-header --no-annotate
  --no-emit-index-url --no-emit-find-links --quiet "$@")
uv pip compile pyproject.toml --group build "${options[@]}" --output-file requirements.lock
uv pip compile pyproject.toml --group dev "${options[@]}" --output-file requirements-dev.lock
