package dev.changeover.harness.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names that the fault injector gives its toxics carry the index of the fault: its first whole
/// number.
final class ToxicNames {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private ToxicNames() {}

    static boolean belongs(String toxic, int faultIndex) {
        Matcher matcher = NUMBER.matcher(toxic);
        return matcher.find() && matcher.group().equals(Integer.toString(faultIndex));
    }
}
