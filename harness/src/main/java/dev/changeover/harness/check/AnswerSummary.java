package dev.changeover.harness.check;

/// Answers that no provider gave.
///
/// @param looked requests that their clients count as served
/// @param misanswered of those: no call of their own was served, nor any earlier one with the same question
/// @param cached of those: answered from an earlier call with the same question
/// @param known false when the questions are not in the history
/// @param first of the misanswered, as a clause; empty when there was none
public record AnswerSummary(long looked, long misanswered, long cached, boolean known, String first) {

    static final AnswerSummary UNKNOWN = new AnswerSummary(0, 0, 0, false, "");
}
