package dev.changeover.harness.redaction;

import java.util.function.BiConsumer;

/// Numbers of payment cards: 13 to 19 digits, alone or in groups with one space or hyphen between, whose check digit
/// is right (Luhn).
final class CardNumbers implements Mask {

    private static final int FEWEST = 13;
    private static final int MOST = 19;

    @Override
    public void find(String text, BiConsumer<Integer, Integer> place) {
        for (int at = 0; at < text.length(); ) {
            if (isDigit(text, at) && !isDigit(text, at - 1)) {
                int end = endOfCard(text, at);
                if (end > at) {
                    place.accept(at, end);
                    at = end;
                    continue;
                }
            }
            at++;
        }
    }

    /// The farthest end, at the end of a group, that makes it a card from `start` on; `start` where there is none.
    private static int endOfCard(String text, int start) {
        int digits = 0;
        int odd = 0;
        int even = 0;
        int found = start;
        for (int at = start; digits < MOST && at < text.length(); at++) {
            if (isDigit(text, at)) {
                int digit = text.charAt(at) - '0';
                int doubled = digit > 4 ? 2 * digit - 9 : 2 * digit;
                // the last digit counts once, the one before it twice, and so on
                int next = even + digit;
                even = odd + doubled;
                odd = next;
                digits++;
                boolean groupEnds = !isDigit(text, at + 1);
                if (groupEnds && digits >= FEWEST && odd % 10 == 0) {
                    found = at + 1;
                }
            } else if (!isSeparator(text.charAt(at)) || !isDigit(text, at + 1)) {
                break;
            }
        }
        return found;
    }

    private static boolean isSeparator(char letter) {
        return letter == ' ' || letter == '-';
    }

    private static boolean isDigit(String text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
