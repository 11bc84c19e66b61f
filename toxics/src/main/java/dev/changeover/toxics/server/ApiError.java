package dev.changeover.toxics.server;

/// A call that the API refuses, with the status and message that Toxiproxy's clients expect.
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;

    ApiError(int status, String message) {
        this(status, message, message);
    }

    private ApiError(int status, String message, String reason) {
        super(message);
        this.status = status;
        this.reason = reason;
    }

    int status() {
        return status;
    }

    /// What is wrong, wherever it was written; the message is what the API says of it.
    String reason() {
        return reason;
    }

    static ApiError badBody(String why) {
        return new ApiError(400, "bad request body: " + why, why);
    }

    static ApiError tooLarge(int most) {
        return new ApiError(413, "request body too large: at most %d bytes".formatted(most));
    }

    static ApiError missingField(String field) {
        return new ApiError(400, "missing required field: " + field);
    }

    static ApiError invalidStream() {
        return new ApiError(400, "stream was invalid, can be either upstream or downstream");
    }

    static ApiError invalidToxicType() {
        return new ApiError(400, "invalid toxic type");
    }

    static ApiError proxyNotFound() {
        return new ApiError(404, "proxy not found");
    }

    static ApiError toxicNotFound() {
        return new ApiError(404, "toxic not found");
    }

    static ApiError proxyExists() {
        return new ApiError(409, "proxy already exists");
    }

    static ApiError toxicExists() {
        return new ApiError(409, "toxic already exists");
    }
}
