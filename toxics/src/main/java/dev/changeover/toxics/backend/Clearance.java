package dev.changeover.toxics.backend;

import java.util.List;

/// What became of all that dead runs left behind.
///
/// @param told a sentence for each thing that was undone, or could not be
/// @param isWhole whether nothing is left that is to be undone
public record Clearance(List<String> told, boolean isWhole) {

    public Clearance {
        told = List.copyOf(told);
    }
}
