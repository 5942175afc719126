#!/usr/bin/env bash
# Makes a job of what it reads: each line of standard input is a line of the job's log. With curl.
# Usage: make 2>&1 | log-job.sh JOB_ID   with RTHUB_URL and RTHUB_API_KEY in the environment.
set -euo pipefail
id=${1:?job id}
now() { date -u +%Y-%m-%dT%H:%M:%S.000Z; }
post() {
  curl --silent --show-error --fail-with-body -H "X-API-Key: ${RTHUB_API_KEY:-dev-key}" -H "Content-Type: application/x-ndjson" \
    --data-binary @- "${RTHUB_URL:-http://localhost:5080}/api/v1/channels/job:$id/events" >/dev/null
}
printf '{"type":"job.started","payload":{"job_id":"%s","job_type":"script","started_at":"%s"}}\n' "$id" "$(now)" | post
while IFS= read -r line; do
  text=${line//\\/\\\\} text=${text//\"/\\\"} text=${text//[[:cntrl:]]/ }
  printf '{"type":"log","payload":{"timestamp":"%s","level":"info","message":"%s","context":{}}}\n' "$(now)" "$text" | post
done
printf '{"type":"job.completed","payload":{"job_id":"%s","completed_at":"%s"}}\n' "$id" "$(now)" | post
