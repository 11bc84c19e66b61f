package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.Tree.Branch;
import dev.changeover.harness.scenario.Tree.Leaf;
import dev.changeover.harness.scenario.Tree.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `{{name}}` in what programs are given: refused here where a run would have no value for it.
public final class Braces {

    /// With the name as its group.
    public static final Pattern NAME = Pattern.compile("\\{\\{\\s*([a-z_]+(?:\\.[a-z_]+)?)\\s*}}");

    private static final Set<String> PROVIDERS = Set.of("old.url", "new.url", "old.address", "new.address");

    private static final List<String> KNOWN = List.of(
            "old.url",
            "new.url",
            "old.address",
            "new.address",
            "port",
            "port.second",
            "work",
            "folder",
            "java",
            "key",
            "weight.old",
            "weight.new",
            "gateway.url",
            "gateway.pid");

    private static final Set<String> NOT_IN_TEMPLATES = Set.of("folder", "gateway.pid");

    private Braces() {}

    /// Of the gateway and the rollback, the only parts where names are filled in.
    static void check(Branch root, List<Problem> problems) {
        for (String part : List.of("gateway", "rollback")) {
            if (root.entries().containsKey(part)) {
                check(root.entries().get(part).value(), providers(root), problems);
            }
        }
    }

    private static void check(Tree tree, Set<String> providers, List<Problem> problems) {
        switch (tree) {
            case Branch branch -> branch.entries().values().forEach(entry -> check(entry.value(), providers, problems));
            case Rows rows -> rows.items().forEach(item -> check(item, providers, problems));
            case Leaf leaf -> {
                Matcher matcher = NAME.matcher(leaf.text());
                while (matcher.find()) {
                    check(leaf, matcher.group(1), providers, problems);
                }
            }
        }
    }

    private static void check(Leaf leaf, String name, Set<String> providers, List<Problem> problems) {
        if (!KNOWN.contains(name)) {
            problems.add(leaf.place().problem("unknown name {{%s}}".formatted(name), Suggestion.among(KNOWN, name)));
        } else if (PROVIDERS.contains(name) && !providers.contains(name.substring(0, name.indexOf('.')))) {
            String arm = name.substring(0, name.indexOf('.'));
            problems.add(leaf.place()
                    .problem("{{%s}} without a provider '%s'".formatted(name, arm), "add providers." + arm));
        }
    }

    /// The names in a template's text; told at the place that names the template.
    static void checkTemplate(Leaf template, String text, Set<String> providers, List<Problem> problems) {
        NAME.matcher(text).results().map(match -> match.group(1)).distinct().forEach(name -> {
            List<Problem> found = new ArrayList<>();
            if (NOT_IN_TEMPLATES.contains(name)) {
                found.add(template.place()
                        .problem("{{%s}} has no value in a template".formatted(name), "take it out of the template"));
            } else {
                check(template, name, providers, found);
            }
            found.forEach(one -> problems.add(template.place()
                    .problem("in the template %s: %s".formatted(template.text(), one.what()), one.remedy())));
        });
    }

    static Set<String> providers(Branch root) {
        return root.entries().containsKey("providers")
                        && root.entries().get("providers").value() instanceof Branch both
                ? both.entries().keySet()
                : Set.of();
    }
}
