#!/bin/sh
# Measures what `changeover record` adds to each chunk of a stream; --quick for a first look. docs/benchmarks.md tells
# more.
set -eu
cd "$(dirname "$0")/../.."
exec ./mvnw -q -B verify -pl harness/benchmarks -am -Dmaven.test.skip=true -Pbenchmark \
    -Dbenchmark=dev.changeover.benchmarks.recording.RecordBenchmark -Darguments="$*"
