package dev.changeover.harness.trace.importer;

/// A row of a recording that cannot be replayed.
final class UnusableRow extends Exception {

    private static final long serialVersionUID = 1;

    private final String why;

    /// @param why groups rows, as in [LeftOut.Reason]: `no chat completion` for example
    UnusableRow(String why) {
        this(why, why);
    }

    /// @param detail the same of this row, without anything of its text
    UnusableRow(String why, String detail) {
        super(detail, null, false, false);
        this.why = why;
    }

    String why() {
        return why;
    }
}
