/// From findings to a verdict. As pure as the checks.
package dev.changeover.harness.gate;
