package dev.weir.keyword.command;

import dev.weir.model.pattern.MatchMethod;
import dev.weir.model.pattern.PatternEntry;
import dev.weir.model.pattern.PatternReference;
import dev.weir.model.pattern.PatternValues;
import dev.weir.model.pattern.PatternView;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.Workspace;
import java.util.Locale;

/** {@code get map} and {@code get acl}: how each expression that uses a list would see a text. Owned by the Conductor. */
final class PatternLookups {

    private static final int WORK_BYTES = 16_384;

    private final boolean map;
    private final Workspace workspace = new Workspace(WORK_BYTES);

    PatternLookups(boolean map) {
        this.map = map;
    }

    String of(PatternReference list, byte[] text) {
        StringBuilder out = new StringBuilder();
        for (PatternView view : list.views()) {
            Sample sample = new Sample();
            sample.string(text);
            boolean fits = Casts.cast(sample, view.method().input(), workspace);
            PatternView.Snapshot now = view.snapshot();
            int found = fits ? now.index().find(sample) : -1;
            out.append("type=").append(view.method().name().toLowerCase(Locale.ROOT)).append(", case=")
                    .append(view.ignoresCase() ? "insensitive" : "sensitive").append(map ? ", found=" : ", match=")
                    .append(found < 0 ? "no" : "yes");
            if (found >= 0) {
                matched(out, view, now.entries()[found]);
            }
            out.append('\n');
        }
        return out.toString();
    }

    private void matched(StringBuilder out, PatternView view, PatternEntry entry) {
        boolean tree = !view.ignoresCase() && switch (view.method()) {
            case STR, BEG -> true;
            default -> false;
        } || view.method() == MatchMethod.IP;
        out.append(", idx=").append(tree ? "tree" : "list").append(map ? ", key=\"" : ", pattern=\"")
                .append(PatternCommands.text(entry.key())).append('"');
        if (map && view.values() == PatternValues.NONE) {
            out.append(", value=none");
        } else if (map) {
            out.append(", value=\"").append(entry.value() == null ? "" : PatternCommands.text(entry.value()))
                    .append("\", type=\"").append(type(view.values())).append('"');
        }
    }

    private static String type(PatternValues values) {
        return switch (values) {
            case INTEGER -> "sint";
            case ADDRESS -> "ip";
            default -> "str";
        };
    }
}
