#!/bin/sh
# The rollback script of a chat platform (move D). Its defect, as told: it can report success while no worker is up, or
# while traffic still goes to the new provider. It asks the API server, which was never restarted, whether all is well.
#
# DEFECT=still-new  the worker comes up, and takes its address from a file that this script does not know of
# DEFECT=no-worker  the worker of the previous provider is a program that is not there any more
# DEFECT=none       the file is written too: as it should have been
#
# Environment: JAVA, WORK, PORT, WORKER_PORT, KEY, PREVIOUS (the previous provider's base URL), WAIT (seconds, 5)
set -u
here=$(dirname "$0")

echo "stopping the worker"
kill "$(cat "$WORK/worker.pid")"

echo "switching to the previous provider"
export UPSTREAM="$PREVIOUS"
program=RelayWorker.java
case "${DEFECT:-still-new}" in
  still-new) ;;
  no-worker) program=PreviousWorker.java ;;
  none) printf %s "$PREVIOUS" > "$WORK/provider.url" ;;
  *) echo "DEFECT must be still-new, no-worker or none, got '$DEFECT'" >&2; exit 2 ;;
esac
nohup "$JAVA" "$here/$program" --provider previous > "$WORK/worker.log" 2>&1 &

sleep "${WAIT:-5}"
curl -fsS "http://127.0.0.1:$PORT/health" || exit 1
echo
echo "rollback complete"
