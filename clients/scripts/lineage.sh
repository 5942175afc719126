#!/usr/bin/env bash
# Prints where a climate frame comes from, as PROV-O, and has the server compute it again. With curl.
# Usage: lineage.sh ACTIVITY   with RTHUB_URL and RTHUB_API_KEY in the environment.
set -euo pipefail
activity=${1:?activity, urn:kfm:activity:…} url=${RTHUB_URL:-http://localhost:5080}
ask() { curl --silent --show-error --fail-with-body -H "X-API-Key: ${RTHUB_API_KEY:-dev-key}" "$@"; }
ask "$url/api/v1/prov/$activity"
echo
ask -H "Content-Type: application/json" -d "{\"activity\":\"$activity\"}" "$url/api/v1/climate/verify"
echo
