package dev.changeover.harness.history;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads a history file, record by record. A last record that was cut short by a kill is dropped and counted.
public final class HistoryReader {

    public static final String FORMAT = "changeover.history/v1";

    private static final int LONGEST_RECORD = 16 << 20;

    private final Path file;
    private final JsonFactory json = new JsonFactory();
    private final Fields fields = new Fields();
    private final HistoryBuilder builder = new HistoryBuilder();

    private HistoryReader(Path file) {
        this.file = file;
    }

    /// @throws HistoryException when there is no such file, or a record before the last is broken
    public static History read(Path file) throws HistoryException {
        return new HistoryReader(file).read();
    }

    private History read() throws HistoryException {
        long line = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            byte[] record = new byte[4096];
            int length = 0;
            byte[] chunk = new byte[1 << 16];
            for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
                int from = 0;
                for (int i = 0; i < got; i++) {
                    if (chunk[i] == '\n') {
                        record = append(record, length, chunk, from, i - from);
                        decode(record, length + i - from, ++line);
                        length = 0;
                        from = i + 1;
                    }
                }
                record = append(record, length, chunk, from, got - from);
                length += got - from;
            }
            return builder.build(length == 0 ? 0 : 1);
        } catch (IOException e) {
            throw new HistoryException(
                    "%s: cannot be read (%s)%n    name a run's folder, or its history.jsonl".formatted(file, e), e);
        } catch (IllegalArgumentException e) {
            throw new HistoryException(
                    "%s: %s%n    the run did not get far enough to leave a history".formatted(file, e.getMessage()), e);
        }
    }

    private byte[] append(byte[] record, int length, byte[] chunk, int from, int count) {
        if (length + count > LONGEST_RECORD) {
            throw new IllegalArgumentException("a record is longer than 16 MiB");
        }
        byte[] room = length + count <= record.length
                ? record
                : Arrays.copyOf(record, Math.max(record.length * 2, length + count));
        System.arraycopy(chunk, from, room, length, count);
        return room;
    }

    private void decode(byte[] record, int length, long line) throws HistoryException {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), record, 0, length)) {
            fields.read(parser);
            builder.add(EventDecoder.decode(fields));
        } catch (JacksonException | IllegalArgumentException | ArithmeticException e) {
            String what = e instanceof JacksonException broken ? broken.getOriginalMessage() : e.getMessage();
            throw new HistoryException(
                    "%s:%d: broken record: %s%n    restore the file from where it was written, or delete the line"
                            .formatted(file, line, what),
                    e);
        }
    }
}
