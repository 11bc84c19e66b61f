/// The command line: one file a command, exit codes in one place, and nothing that a library could not be asked for.
/// May use everything below; never sockets or JSON itself.
package dev.changeover.cli;
