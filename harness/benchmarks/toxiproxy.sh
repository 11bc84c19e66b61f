#!/bin/sh
# Measures the embedded Toxiproxy beside the real server; --quick for a first look. docs/benchmarks.md tells more.
set -eu
cd "$(dirname "$0")/../.."
./changeover --version >/dev/null
exec ./mvnw -q -B verify -pl harness/benchmarks -am -Dmaven.test.skip=true -Pbenchmark \
    -Dbenchmark=dev.changeover.benchmarks.toxiproxy.ToxiproxyBenchmark -Darguments="$*"
