#!/bin/sh
# Measures how fast recordings are imported and scheduled; --quick for a first look. docs/benchmarks.md tells more.
set -eu
cd "$(dirname "$0")/../.."
# Maven takes java from here where it runs on the wanted JDK itself.
[ -z "${JAVA_HOME:-}" ] || PATH=$JAVA_HOME/bin:$PATH
exec ./mvnw -q -B verify -pl harness/benchmarks -am -Dmaven.test.skip=true -Pbenchmark \
    -Dbenchmark=dev.changeover.benchmarks.importing.ImportBenchmark -Darguments="$*"
