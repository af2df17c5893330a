package dev.weir.config.compile;

import dev.weir.base.text.Phrase;
import dev.weir.config.lang.Numbers;
import dev.weir.flow.cache.CacheSpec;
import java.util.Locale;

/** Settles what the lines of a {@code cache} section say; they have been checked one by one. */
final class CacheLines {

    private static final int MEGABYTE = 1024 * 1024;
    private static final int SHARE = 256;
    private static final int MAX_AGE = 60;
    private static final int VARIANTS = 10;
    private static final int HINT_SHARE = 25;

    private CacheLines() {}

    /** Null when it says no size. */
    static CacheSpec read(SectionSpec section) {
        long size = 0;
        long largest = 0;
        int maxAge = MAX_AGE;
        int variants = VARIANTS;
        boolean varies = false;
        CacheSpec.Hints hints = CacheSpec.Hints.OFF;
        int share = HINT_SHARE;
        int patience = 0;
        for (Phrase line : section.lines()) {
            String value = line.words().size() > 1 ? line.words().get(1) : "";
            long number = Math.max(0, Numbers.leading(value));
            switch (line.words().getFirst()) {
                case "total-max-size" -> size = number * MEGABYTE;
                case "max-object-size" -> largest = number;
                case "max-age" -> maxAge = (int) Math.min(Integer.MAX_VALUE, number);
                case "max-secondary-entries" -> variants = (int) Math.min(Integer.MAX_VALUE, number);
                case "early-hints" -> {
                    hints = CacheSpec.Hints.valueOf(value.toUpperCase(Locale.ROOT));
                    share = line.words().size() > 3 ? (int) Numbers.leading(line.words().get(3)) : HINT_SHARE;
                }
                case "weir.collapse" -> patience = (int) Math.max(0, Numbers.millis(value));
                case "process-vary" -> varies = value.equals("on");
                default -> { }
            }
        }
        return size == 0 ? null : new CacheSpec(section.name(), (int) (size / CacheSpec.BLOCK),
                largest > 0 ? largest : size / SHARE, maxAge, varies, variants, patience, hints, share,
                section.place());
    }
}
