/// Statistics of a verdict. Pure functions of numbers; each formula names its source.
package dev.changeover.harness.stats;
