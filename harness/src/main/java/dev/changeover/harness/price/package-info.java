/// From tokens to money, exactly. May use scenario, wire and units; knows nothing of what happened in a run.
package dev.changeover.harness.price;
