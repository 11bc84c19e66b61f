package dev.changeover.toxics.catalog;

import dev.changeover.toxics.catalog.CatalogFault.Parameter;
import dev.changeover.toxics.wording.Refusal;
import dev.changeover.toxics.wording.Vendor;
import dev.changeover.toxics.wording.Wording;
import dev.changeover.toxics.wording.Wordings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The page `docs/faults.md`, all of it written from the catalog and the wordings.
public final class FaultPage {

    private FaultPage() {}

    public static String markdown() {
        return "# Faults\n\n" + HEAD
                + Catalog.groups().stream().map(FaultPage::group).collect(Collectors.joining())
                + choices() + wordings();
    }

    private static final String HEAD = """
        Every fault that a scenario can name. This page is written by `changeover faults --markdown`, and a test holds
        it to the catalog; `changeover faults NAME` tells the same of one fault.

        A fault has a target (`on`), a beginning (`at`) and a length (`for`); several may be in force on one target.
        Faults below that have [calls](#which-calls) strike requests, at the tap; the others strike connections, in
        Toxiproxy. A change of address that clients do not notice (DNS) is not among them.

        """;

    private static final String WORDS = """
        ## Whose words

        The status that a vendor answers with, and how we know: *recorded* and *reported* words are held by a test to
        a recorded answer or a public report; *documented* ones follow what the vendor's pages and public threads say,
        and nothing holds them; *assumed* ones have a known status, and a body of ours in the shape of the vendor's
        others. Empty: no wording, and the fault is refused for that vendor.

        """;

    private static String group(FaultGroup group) {
        return "## %s\n\n".formatted(group.title())
                + group.faults().stream().map(FaultPage::fault).collect(Collectors.joining());
    }

    private static String fault(CatalogFault fault) {
        List<Parameter> own =
                fault.parameters().stream().filter(p -> !OnCalls.chooses(p)).toList();
        boolean onCalls = own.size() < fault.parameters().size();
        return "### `%s`\n\n%s\n\nSeen: %s\n\n".formatted(fault.name(), fault.does(), fault.seen())
                + (own.isEmpty() ? "" : table(own))
                + (onCalls ? "And those that choose the [calls](#which-calls).\n\n" : "")
                + "```yaml\n" + FaultDocumentation.example(fault) + "```\n\n";
    }

    private static String table(List<Parameter> parameters) {
        return parameters.stream()
                .map(p -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                p.name(),
                                p.fallback().map("`%s`"::formatted).orElse(""),
                                p.kind().example(),
                                p.means()))
                .collect(Collectors.joining(
                        "", "| parameter | unless given | written | means |\n|---|---|---|---|\n", "\n"));
    }

    private static String choices() {
        return "## Which calls\n\n"
            + "A call is struck where all of these hold; which ones, by share, depends on seed, fault and request,\n"
            + "never on the order of arrival.\n\n"
                + table(AnswerFaults.ALL.getFirst().parameters().stream()
                        .filter(OnCalls::chooses)
                        .toList());
    }

    private static String wordings() {
        String vendors = Arrays.stream(Vendor.values())
                .map(Vendor::word)
                .collect(Collectors.joining(" | ", "| refusal | ", " |\n"));
        return WORDS
                + vendors
                + "|---".repeat(1 + Vendor.values().length)
                + "|\n"
                + Arrays.stream(Refusal.values()).map(FaultPage::row).collect(Collectors.joining());
    }

    private static String row(Refusal refusal) {
        return Arrays.stream(Vendor.values())
                .map(vendor ->
                        Wordings.find(vendor, refusal).map(FaultPage::cell).orElse(""))
                .collect(Collectors.joining(" | ", "| " + refusal.word() + " | ", " |\n"));
    }

    private static String cell(Wording wording) {
        return wording.status() + " " + wording.source().name().toLowerCase(Locale.ROOT);
    }
}
