/// The command line: one file a command, exit codes in one place, and nothing that a library could not be asked for.
package dev.changeover.cli;
