/// What a recorder adds to the traffic that passes through it; `record.sh` runs it.
package dev.changeover.benchmarks.recording;
