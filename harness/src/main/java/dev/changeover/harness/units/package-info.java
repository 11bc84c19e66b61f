/// Small values that every room speaks in: arms, shares, money, durations as written, hashes, clocks.
package dev.changeover.harness.units;
