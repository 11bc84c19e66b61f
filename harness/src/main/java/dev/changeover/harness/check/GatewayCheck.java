package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.ProcessStep;
import dev.changeover.harness.history.Event.RollbackStep;
import dev.changeover.harness.history.History;
import dev.changeover.harness.wire.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// What its life says of the gateway under test, and whether its health page told the truth.
final class GatewayCheck {

    private static final int FEWEST_ENDED = 3;
    private static final long SECOND = 1_000_000_000L;

    private GatewayCheck() {}

    static GatewayFinding of(History history) {
        TreeMap<Long, Boolean> looks = new TreeMap<>();
        history.gateway()
                .health()
                .forEach(look -> looks.merge(look.atNanos() / SECOND, green(look), Boolean::logicalOr));
        List<Long> failing =
                failing(history).stream().filter(looks::containsKey).toList();
        List<Long> wrong = failing.stream().filter(looks::get).toList();
        Optional<Event.GatewayProcess> died = died(history);
        return new GatewayFinding(
                neverReady(history),
                died.map(d -> OptionalDouble.of(d.atNanos() / 1e6)).orElse(OptionalDouble.empty()),
                died.map(Event.GatewayProcess::detail).orElse(""),
                history.gateway().process().stream()
                        .filter(step -> step.step() == ProcessStep.LEFT_BEHIND)
                        .map(Event.GatewayProcess::detail)
                        .toList(),
                history.gateway().health().size(),
                failing.size(),
                wrong.size(),
                wrong.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(wrong.getFirst() * 1e3));
    }

    static boolean green(Event.GatewayHealth look) {
        return look.status().isPresent() && look.status().getAsInt() == 200;
    }

    private static String neverReady(History history) {
        boolean ended = history.ended()
                .filter(end -> end.end() == Event.RunEnded.End.GATEWAY_NOT_READY)
                .isPresent();
        if (!ended) {
            return "";
        }
        String told = history.gateway().process().stream()
                .filter(step -> step.step() == ProcessStep.NOT_READY)
                .map(Event.GatewayProcess::detail)
                .filter(detail -> !detail.isBlank())
                .findFirst()
                .orElse(history.ended().get().detail());
        return told.isBlank() ? "it did not say why" : told;
    }

    /// A script for the way back may stop it; that is not dying by itself.
    private static Optional<Event.GatewayProcess> died(History history) {
        long script = history.change().rollback().stream()
                .filter(step -> step.step() == RollbackStep.SCRIPT_STARTED)
                .mapToLong(Event.Rollback::atNanos)
                .findFirst()
                .orElse(Long.MAX_VALUE);
        return history.gateway().process().stream()
                .filter(step -> step.step() == ProcessStep.DIED && step.atNanos() < script)
                .findFirst();
    }

    /// Seconds since t0, in order.
    private static List<Long> failing(History history) {
        Map<Long, long[]> seconds = new TreeMap<>();
        for (Event.Request request : history.requests()) {
            if (!(request.outcome() instanceof Outcome.Cancelled)) {
                long[] counts = seconds.computeIfAbsent(request.timing().doneNanos() / SECOND, _ -> new long[2]);
                counts[0]++;
                counts[1] += request.outcome() instanceof Outcome.Failed ? 1 : 0;
            }
        }
        return seconds.entrySet().stream()
                .filter(second -> second.getValue()[0] >= FEWEST_ENDED)
                .filter(second -> 2 * second.getValue()[1] >= second.getValue()[0])
                .map(Map.Entry::getKey)
                .toList();
    }
}
