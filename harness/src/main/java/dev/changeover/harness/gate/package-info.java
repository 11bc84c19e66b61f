/// From findings to a verdict. As pure as the checks: may use them and what they use; never files, clocks or threads.
package dev.changeover.harness.gate;
