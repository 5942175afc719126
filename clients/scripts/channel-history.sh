#!/usr/bin/env bash
# Prints the newest frames that a channel keeps, newest first, with curl.
# Usage: channel-history.sh CHANNEL [COUNT]   with RTHUB_URL and RTHUB_API_KEY in the environment.
set -euo pipefail
curl --silent --show-error --fail-with-body -H "X-API-Key: ${RTHUB_API_KEY:-dev-key}" \
  "${RTHUB_URL:-http://localhost:5080}/api/v1/channels/${1:?channel}/history?order=desc&limit=${2:-20}"
echo
