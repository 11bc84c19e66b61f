/// From tokens to money.
package dev.changeover.harness.price;
