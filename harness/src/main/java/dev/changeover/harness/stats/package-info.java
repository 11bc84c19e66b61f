/// Statistics of a verdict. Pure functions of numbers; each formula names its source. May use nothing of ours.
package dev.changeover.harness.stats;
