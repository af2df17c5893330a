package dev.weir.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures as pictures: for each group a bar for each subject, user time and system time apart. */
final class Plot {

    private static final int WIDTH = 640;
    private static final int BAR = 22;
    private static final int ROW = 34;
    private static final int LEFT = 90;
    private static final int SPAN = 420;

    private Plot() {}

    static boolean has(Map<String, Map<String, List<Double>>> measures) {
        return measures.keySet().stream().anyMatch(measure -> measure.startsWith("CPU user"));
    }

    static void write(Samples samples, Options options, Path directory) throws IOException {
        Files.createDirectories(directory);
        for (var group : samples.all().entrySet()) {
            if (has(group.getValue())) {
                Files.writeString(directory.resolve(group.getKey() + ".svg"), svg(group.getValue(), options));
            }
        }
    }

    private static String svg(Map<String, Map<String, List<Double>>> measures, Options options) {
        String unit = measures.containsKey("CPU user per MB, us") ? "per MB, us" : "per request, us";
        Map<String, List<Double>> user = measures.get("CPU user " + unit);
        Map<String, List<Double>> system = measures.get("CPU system " + unit);
        List<String> subjects = options.subjects().stream().map(Bench::name).filter(user::containsKey).toList();
        double most = subjects.stream().mapToDouble(each -> median(user, each) + median(system, each)).max().orElse(1);
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#fff"/>
                <text x="8" y="18" fill="#444">CPU time %s: user dark, system light</text>
                """, WIDTH, ROW * subjects.size() + 36, unit));
        int y = 30;
        for (String subject : subjects) {
            double first = median(user, subject) / most * SPAN;
            double second = median(system, subject) / most * SPAN;
            String colour = subject.equals("weir") ? "#0b7285" : "#868e96";
            out.append(String.format(Locale.ROOT, """
                    <text x="%d" y="%d" text-anchor="end" fill="#222">%s</text>
                    <rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>
                    <rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s" opacity="0.45"/>
                    <text x="%.1f" y="%d" fill="#222">%.2f</text>
                    """, LEFT - 8, y + 16, subject, LEFT, y, first, BAR, colour, LEFT + first, y, second, BAR, colour,
                    LEFT + first + second + 6, y + 16, median(user, subject) + median(system, subject)));
            y += ROW;
        }
        return out.append("</svg>\n").toString();
    }

    private static double median(Map<String, List<Double>> bySubject, String subject) {
        return Samples.median(bySubject.get(subject));
    }
}
