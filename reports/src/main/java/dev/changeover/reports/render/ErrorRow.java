package dev.changeover.reports.render;

import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.wire.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// A line of the table of errors: how often each side had this kind, and bars to compare by.
record ErrorRow(String kind, List<String> counts, List<Bar> bars) {

    private static final double WIDTH = 120;
    private static final double HEIGHT = 14;

    record Bar(String side, String y, String width, String height) {}

    static List<ErrorRow> of(Judgement judgement, List<String> sides) {
        TreeSet<ErrorKind> kinds = new TreeSet<>();
        long most = 1;
        for (String side : sides) {
            for (var error : judgement.arms().get(side).errors().entrySet()) {
                if (error.getValue() > 0) {
                    kinds.add(error.getKey());
                    most = Math.max(most, error.getValue());
                }
            }
        }
        List<ErrorRow> rows = new ArrayList<>();
        for (ErrorKind kind : kinds) {
            rows.add(row(kind, judgement, sides, most));
        }
        return rows;
    }

    private static ErrorRow row(ErrorKind kind, Judgement judgement, List<String> sides, long most) {
        List<String> counts = new ArrayList<>();
        List<Bar> bars = new ArrayList<>();
        double height = HEIGHT / sides.size();
        for (int i = 0; i < sides.size(); i++) {
            long count = judgement.arms().get(sides.get(i)).errors().getOrDefault(kind, 0L);
            counts.add(Figures.count(count));
            bars.add(new Bar(
                    sides.get(i),
                    Figures.plain(i * height),
                    Figures.plain(WIDTH * count / most),
                    Figures.plain(Math.max(1, height - 1))));
        }
        return new ErrorRow(kind.word(), counts, bars);
    }
}
