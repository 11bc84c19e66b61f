/// Gatling simulations. They run in a process of their own, and know nothing of the rest of the project.
package dev.changeover.soak;
