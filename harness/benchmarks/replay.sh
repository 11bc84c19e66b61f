#!/bin/sh
# Measures the replay client beside Gatling, the JDK's client and wrk; --quick for a first look.
# docs/benchmarks.md tells more.
set -eu
cd "$(dirname "$0")/../.."
# Maven takes java from here where it runs on the wanted JDK itself.
[ -z "${JAVA_HOME:-}" ] || PATH=$JAVA_HOME/bin:$PATH
mock=harness/benchmarks/target/mock
mkdir -p "${mock%/*}"
if ! cc -O2 -Wall -o "$mock" harness/benchmarks/src/main/c/mock.c; then
    echo "replay.sh: the provider is written in C: install a C compiler as cc (apt-get install gcc libc6-dev)" >&2
    exit 2
fi
./mvnw -q -B package -pl scenarios/soak -Dmaven.test.skip=true ||
    echo "replay.sh: Gatling could not be built, and is left out" >&2
exec ./mvnw -q -B verify -pl harness/benchmarks -am -Dmaven.test.skip=true -Pbenchmark \
    -Dbenchmark=dev.changeover.benchmarks.replay.ReplayBenchmark -Darguments="$mock $*"
