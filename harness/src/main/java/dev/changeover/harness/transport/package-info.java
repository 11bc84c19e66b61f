/// Why a connection did not come about, in words for people.
/// May use nothing of the harness: those who connect are several, and fail in the same ways.
package dev.changeover.harness.transport;
