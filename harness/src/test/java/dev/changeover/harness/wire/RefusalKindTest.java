package dev.changeover.harness.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.wording.Refusal;
import dev.changeover.toxics.wording.Vendor;
import dev.changeover.toxics.wording.Wording;
import dev.changeover.toxics.wording.Wordings;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every refusal is understood in the words of every vendor that is known to refuse so.
class RefusalKindTest {

    @ParameterizedTest
    @EnumSource
    void everyVendorsWordsTellTheKind(Refusal refusal) {
        assertThat(Wordings.vendorsOf(refusal))
                .isNotEmpty()
                .allSatisfy(vendor -> assertThat(kind(vendor, refusal)).isIn(expected(refusal)));
    }

    private static ErrorKind kind(Vendor vendor, Refusal refusal) {
        Wording wording = Wordings.find(vendor, refusal).orElseThrow().asking(Duration.ofSeconds(2));
        return ErrorClassifier.kindOf(wording.status(), wording.body().getBytes(UTF_8));
    }

    private static Set<ErrorKind> expected(Refusal refusal) {
        return switch (refusal) {
            case RATE_LIMITED -> Set.of(ErrorKind.RATE_LIMITED);
            case QUOTA_EXHAUSTED -> Set.of(ErrorKind.QUOTA);
            case OVERLOADED, UNAVAILABLE -> Set.of(ErrorKind.OVERLOADED);
            case SERVER_ERROR -> Set.of(ErrorKind.SERVER_ERROR);
            case KEY_REFUSED -> Set.of(ErrorKind.AUTH);
            case PERMISSION_DENIED -> Set.of(ErrorKind.PERMISSION);
            case MODEL_NOT_FOUND, MODEL_RETIRED -> Set.of(ErrorKind.NOT_FOUND);
            case BAD_REQUEST -> Set.of(ErrorKind.BAD_REQUEST);
            case CONTEXT_LENGTH, REQUEST_TOO_LARGE -> Set.of(ErrorKind.CONTEXT_LENGTH);
            case PROMPT_FILTERED -> Set.of(ErrorKind.CONTENT_FILTER);
            case ERROR_IN_200, ERROR_IN_STREAM -> Set.of(ErrorKind.SERVER_ERROR, ErrorKind.OVERLOADED);
        };
    }
}
