package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.wire.h1.H1NameCase;
import dev.weir.wire.http.HeaderList;
import dev.weir.wire.http.HeaderName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The spellings of {@code h1-case-adjust}. Immutable. */
public final class HeaderCase implements H1NameCase {

    private final HeaderName[] names;
    private final byte[][] spellings;

    private HeaderCase(List<String> spelled) {
        names = new HeaderName[spelled.size()];
        spellings = new byte[spelled.size()][];
        for (int i = 0; i < names.length; i++) {
            names[i] = HeaderName.of(spelled.get(i));
            spellings[i] = spelled.get(i).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** Of the global section, or null when it has none. */
    public static HeaderCase of(Settings global) {
        List<String> spelled = new ArrayList<>();
        for (Phrase line : global.get(Draft.KEPT)) {
            boolean matches = line.words().getFirst().equals("h1-case-adjust");
            if (matches && line.words().get(1).equalsIgnoreCase(line.words().get(2))) {
                spelled.add(line.words().get(2));
            } else if (line.words().getFirst().equals("h1-case-adjust-file")) {
                spelled.addAll(HeaderCaseFile.read(line.words().get(1)));
            }
        }
        return spelled.isEmpty() ? null : new HeaderCase(spelled);
    }

    @Override
    public byte[] adjusted(HeaderList list, int index) {
        for (int i = 0; i < names.length; i++) {
            if (list.is(index, names[i])) {
                return spellings[i];
            }
        }
        return null;
    }
}
