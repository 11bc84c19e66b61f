/// What every streaming reverse proxy here needs: which headers it passes on, how an answer passes piece by piece, what
/// it says itself. May use wire.
package dev.changeover.harness.proxy;
