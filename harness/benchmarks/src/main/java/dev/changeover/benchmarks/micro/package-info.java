/// Benchmarks of single pieces of code, by JMH: `jmh.sh` runs them, and a new one is a class here.
package dev.changeover.benchmarks.micro;
