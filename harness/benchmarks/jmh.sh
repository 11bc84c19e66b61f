#!/bin/sh
# Runs the JMH benchmarks whose name has this in it, all of them unless said; JMH's own options go behind it.
set -eu
cd "$(dirname "$0")/../.."
# Maven takes java from here where it runs on the wanted JDK itself.
[ -z "${JAVA_HOME:-}" ] || PATH=$JAVA_HOME/bin:$PATH
exec ./mvnw -q -B verify -pl harness/benchmarks -am -Dmaven.test.skip=true -Pbenchmark \
    -Dbenchmark=org.openjdk.jmh.Main -Darguments="$*"
