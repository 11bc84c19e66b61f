package dev.changeover.harness.dialect;

/// How a provider is given its key.
public enum KeyHeader {
    BEARER("Authorization", "Bearer "),
    API_KEY("api-key", "");

    private final String header;
    private final String before;

    KeyHeader(String header, String before) {
        this.header = header;
        this.before = before;
    }

    public String header() {
        return header;
    }

    public String value(String key) {
        return before + key;
    }
}
