package dev.changeover.harness.stubs;

import java.nio.file.Path;

/// Why a folder of stubs cannot be a provider.
///
/// @param place the file, or the folder
/// @param line from 1; 0 where it concerns all of it
public record StubProblem(Path place, int line, String what, String remedy) {}
