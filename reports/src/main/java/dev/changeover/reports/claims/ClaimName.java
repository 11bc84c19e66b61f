package dev.changeover.reports.claims;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What an expression may name; a closed set, explained in `docs/roi-and-claims.md`.
enum ClaimName {
    OLD_INPUT("old.input"),
    OLD_OUTPUT("old.output"),
    NEW_INPUT("new.input"),
    NEW_OUTPUT("new.output"),
    MONTHLY_REQUESTS("monthly_requests"),
    MIGRATION_HOURS("migration.hours"),
    MIGRATION_RATE("migration.rate"),
    MIGRATION_COST("migration.cost"),
    EXCHANGE_RATE("exchange.rate"),
    EXCHANGE_CREDITED("exchange.credited"),
    OLD_MONTHLY("old.monthly"),
    NEW_MONTHLY("new.monthly");

    private final String word;

    ClaimName(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Optional<ClaimName> of(String word) {
        return Arrays.stream(values()).filter(name -> name.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(ClaimName::word).toList();
    }
}
