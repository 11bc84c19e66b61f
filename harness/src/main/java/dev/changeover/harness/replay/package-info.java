/// Sends a schedule of requests on time and measures what comes back.
package dev.changeover.harness.replay;
