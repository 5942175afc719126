#!/usr/bin/env bash
# Publishes one security event with curl; run it twice with the same id and it is published once.
# Usage: publish-event.sh CAMERA RISK_SCORE RISK_LEVEL [ID]   with RTHUB_URL and RTHUB_API_KEY in the environment.
set -euo pipefail
camera=${1:?camera} score=${2:?risk score} level=${3:?risk level} id=${4:-$RANDOM}
curl --silent --show-error --fail-with-body \
  -H "X-API-Key: ${RTHUB_API_KEY:-dev-key}" -H "Content-Type: application/json" -H "Idempotency-Key: event-$id" \
  -d "{\"type\":\"event\",\"payload\":{\"id\":$id,\"event_id\":$id,\"batch_id\":\"batch_$id\",\"camera_id\":\"$camera\",
       \"risk_score\":$score,\"risk_level\":\"$level\",\"summary\":\"Published by a script\",\"reasoning\":\"To see it arrive\"}}" \
  "${RTHUB_URL:-http://localhost:5080}/api/v1/channels/events/events"
echo
