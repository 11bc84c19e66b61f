#!/bin/sh
# The rollback script of an inference service (move E). Its defects, as told:
#
# - It cannot work: the provider's address is in the code, and nothing reads the file that it puts back.
# - It takes everything down and up again: an outage.
# - The health page that it believes never looks at the provider.
#
# Environment: JAVA, WORK, PORT, KEY, UPSTREAM, CONFIG, BACKUP (files), WAIT (seconds, 5)
set -u
here=$(dirname "$0")

if [ ! -f "$BACKUP" ]; then
  echo "there is no backup at $BACKUP" >&2
  exit 1
fi
cp "$CONFIG" "$CONFIG.$(date +%Y%m%d%H%M%S)" || exit 1
cp "$BACKUP" "$CONFIG" || exit 1

echo "restarting the service"
kill "$(cat "$WORK/service.pid")"
nohup "$JAVA" "$here/InferenceService.java" serve > "$WORK/service.log" 2>&1 &

sleep "${WAIT:-5}"
curl -fsS "http://127.0.0.1:$PORT/health" || exit 1
echo
echo "rollback successful"
