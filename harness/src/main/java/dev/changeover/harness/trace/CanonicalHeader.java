package dev.changeover.harness.trace;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The first line of a canonical trace: the format's version; everything else in it is for people.
public final class CanonicalHeader {

    /// The key that marks a canonical trace.
    public static final String KEY = "changeover_trace";
    static final int VERSION = 1;

    private CanonicalHeader() {}

    /// Reads the first line.
    ///
    /// @throws TraceException when it is not the header of a version that this code reads
    static void require(Lines lines) {
        if (!lines.next()) {
            throw new TraceException(
                    lines.file().path(), 0, "is empty", "its first line must be {\"%s\":%d}".formatted(KEY, VERSION));
        }
        boolean found = false;
        try (JsonParser json = CanonicalJson.parser(lines)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw noHeader(lines);
            }
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                JsonToken value = json.nextToken();
                if (key.equals(KEY)) {
                    requireVersion(lines, value, json.getString());
                    found = true;
                }
                json.skipChildren();
            }
            CanonicalJson.requireEnd(json, lines);
        } catch (JacksonException e) {
            throw CanonicalJson.problem(lines, e);
        }
        if (!found) {
            throw noHeader(lines);
        }
    }

    private static void requireVersion(Lines lines, JsonToken value, String version) {
        if (value != JsonToken.VALUE_NUMBER_INT || !version.equals(Integer.toString(VERSION))) {
            throw lines.problem(
                    "'%s' %s is not a known version of the format".formatted(KEY, Quoted.of(version)),
                    "this changeover reads version %d; a newer one may have written the file".formatted(VERSION));
        }
    }

    private static TraceException noHeader(Lines lines) {
        return lines.problem(
                "the first line is not the header of a trace", "start it with {\"%s\":%d}".formatted(KEY, VERSION));
    }
}
