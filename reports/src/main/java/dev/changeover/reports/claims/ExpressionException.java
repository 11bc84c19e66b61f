package dev.changeover.reports.claims;

/// An expression that cannot be read, with the place in it and what to do.
final class ExpressionException extends Exception {

    private static final long serialVersionUID = 1;

    private final int at;
    private final String remedy;

    /// @param at the character where it goes wrong, from 1
    ExpressionException(int at, String what, String remedy) {
        super(what);
        this.at = at;
        this.remedy = remedy;
    }

    int at() {
        return at;
    }

    String remedy() {
        return remedy;
    }
}
