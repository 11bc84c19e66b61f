package dev.changeover.harness.check;

/// Conversations that went from one provider to the other and back with nothing to explain it.
///
/// @param conversations that two requests or more were given to a provider of
/// @param hopped of those
/// @param first of the hops, as a clause; empty when there was none
/// @param worst the conversation that hopped most often, as a clause; empty when there was none
public record HopSummary(long conversations, long hopped, String first, String worst) {

    static final HopSummary NONE = new HopSummary(0, 0, "", "");
}
