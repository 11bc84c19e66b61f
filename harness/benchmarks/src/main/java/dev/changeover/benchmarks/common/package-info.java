/// What every benchmark needs: rounds and their medians, the machine, what Linux tells of a process.
package dev.changeover.benchmarks.common;
