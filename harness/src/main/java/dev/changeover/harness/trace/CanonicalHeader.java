package dev.changeover.harness.trace;

import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;

/// The first line of a canonical trace: the format's version, and how its times are to be taken; everything else in it
/// is for people.
///
/// @param inOrder whether its requests lie in the order of their arrival; those of a recording lie in the order in
///     which they ended, and its last line may break off
/// @param started when the first millisecond of its times was
public record CanonicalHeader(boolean inOrder, Optional<Instant> started) {

    /// The key that marks a canonical trace.
    public static final String KEY = "changeover_trace";

    static final int VERSION = 1;
    static final String IN_ORDER = "in_order";
    static final String STARTED = "started";

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /// That of a file.
    ///
    /// @throws TraceException when its first line is not the header of a version that this code reads
    public static CanonicalHeader of(TraceFile file) {
        try (Lines lines = new Lines(file)) {
            return read(lines);
        }
    }

    /// Reads the first line.
    ///
    /// @throws TraceException when it is not the header of a version that this code reads
    static CanonicalHeader read(Lines lines) {
        if (!lines.next()) {
            throw new TraceException(
                    lines.file().path(), 0, "is empty", "its first line must be {\"%s\":%d}".formatted(KEY, VERSION));
        }
        boolean found = false;
        boolean inOrder = true;
        Optional<Instant> started = Optional.empty();
        try (JsonParser json = CanonicalJson.parser(lines)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw noHeader(lines);
            }
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                JsonToken value = json.nextToken();
                switch (key) {
                    case KEY -> {
                        requireVersion(lines, value, json.getString());
                        found = true;
                    }
                    case IN_ORDER -> inOrder = CanonicalJson.truth(json, lines, key);
                    case STARTED -> started = Optional.of(instant(json, lines));
                    default -> json.skipChildren();
                }
            }
            CanonicalJson.requireEnd(json, lines);
        } catch (JacksonException e) {
            throw CanonicalJson.problem(lines, e);
        }
        if (!found) {
            throw noHeader(lines);
        }
        return new CanonicalHeader(inOrder, started);
    }

    /// Its line, with the line end.
    ///
    /// @param about a sentence for people on where the traffic comes from
    byte[] line(String about) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = CanonicalJson.FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeNumberProperty(KEY, VERSION);
            if (!inOrder) {
                json.writeBooleanProperty(IN_ORDER, false);
            }
            started.ifPresent(moment -> json.writeStringProperty(STARTED, moment.toString()));
            json.writeStringProperty("about", about);
            json.writeEndObject();
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static Instant instant(JsonParser json, Lines lines) {
        String text = CanonicalJson.text(json, lines, STARTED);
        try {
            Instant moment = Instant.parse(text);
            if (!moment.isBefore(Instant.EPOCH) && moment.isBefore(LATEST)) {
                return moment;
            }
        } catch (DateTimeException _) {
            // said below, with the text
        }
        throw lines.problem(
                "'%s' %s is no moment since 1970".formatted(STARTED, Quoted.figures(text)),
                "write it as 2026-01-15T10:15:00.250Z, or leave it out");
    }

    private static void requireVersion(Lines lines, JsonToken value, String version) {
        if (value != JsonToken.VALUE_NUMBER_INT || !version.equals(Integer.toString(VERSION))) {
            throw lines.problem(
                    "'%s' %s is not a known version of the format".formatted(KEY, Quoted.figures(version)),
                    "this changeover reads version %d; a newer one may have written the file".formatted(VERSION));
        }
    }

    private static TraceException noHeader(Lines lines) {
        return lines.problem(
                "the first line is not the header of a trace", "start it with {\"%s\":%d}".formatted(KEY, VERSION));
    }
}
