#!/bin/sh
# Replays a whole trace faster than it was recorded and says whether it was on time: on-time.sh TRACE [SPEED].
# docs/benchmarks.md tells more.
set -eu
[ $# -ge 1 ] || { echo "usage: on-time.sh TRACE [SPEED]" >&2; exit 2; }
trace=$(realpath "$1")
cd "$(dirname "$0")/../.."
# Maven takes java from here where it runs on the wanted JDK itself.
[ -z "${JAVA_HOME:-}" ] || PATH=$JAVA_HOME/bin:$PATH
mock=harness/benchmarks/target/mock
mkdir -p "${mock%/*}"
if ! cc -O2 -Wall -o "$mock" harness/benchmarks/src/main/c/mock.c; then
    echo "on-time.sh: the provider is written in C: install a C compiler as cc (apt-get install gcc libc6-dev)" >&2
    exit 2
fi
exec ./mvnw -q -B verify -pl harness/benchmarks -am -Dmaven.test.skip=true -Pbenchmark \
    -Dbenchmark=dev.changeover.benchmarks.replay.OnTime -Darguments="$mock $trace ${2:-20}"
