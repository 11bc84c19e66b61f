#!/bin/sh
# Runs the JMH benchmarks whose name has this in it, all of them unless said; JMH's own options go behind it.
set -eu
cd "$(dirname "$0")/../.."
exec ./mvnw -q -B verify -pl harness/benchmarks -am -Dmaven.test.skip=true -Pbenchmark \
    -Dbenchmark=org.openjdk.jmh.Main -Darguments="$*"
