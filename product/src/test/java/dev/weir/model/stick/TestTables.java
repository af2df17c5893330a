package dev.weir.model.stick;

import dev.weir.model.value.Sample;
import dev.weir.model.value.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Tables and keys for tests, said shortly. */
public final class TestTables {

    private TestTables() {}

    /** @param store types with elements and period as in a configuration: {@code gpc0 conn_rate(,1000) gpc(3)} */
    public static StickTableSpec spec(String name, KeyType type, int length, long size, int expireMs, String store) {
        List<StickTableSpec.Stored> stored = new ArrayList<>();
        for (String word : store.isEmpty() ? new String[0] : store.split(" ")) {
            int open = word.indexOf('(');
            String[] arguments = open < 0 ? new String[] {"", ""} : (word.substring(open + 1, word.length() - 1)
                    + ", ").split(",");
            stored.add(new StickTableSpec.Stored(DataType.named(open < 0 ? word : word.substring(0, open)),
                    arguments[0].isBlank() ? 1 : Integer.parseInt(arguments[0]),
                    arguments[1].isBlank() ? 0 : Integer.parseInt(arguments[1].strip())));
        }
        return new StickTableSpec(name, type, length == 0 ? type.defaultLength() : length, size, expireMs, false, false,
                stored, null, null, StickTableSpec.ServerKey.NAME, 1, null);
    }

    public static StickTableSpec refusing(StickTableSpec s) {
        return new StickTableSpec(s.name(), s.keyType(), s.keyLength(), s.size(), s.expireMs(), true, s.receiveOnly(),
                s.stored(), s.peers(), s.writeTo(), s.serverKey(), s.bytesPerCount(), s.place());
    }

    public static StickTableSpec shared(StickTableSpec s) {
        return new StickTableSpec(s.name(), s.keyType(), s.keyLength(), s.size(), s.expireMs(), s.noPurge(),
                s.receiveOnly(), s.stored(), "peers", s.writeTo(), s.serverKey(), s.bytesPerCount(), s.place());
    }

    public static StickTable table(StickTableSpec spec) {
        return new StickTable(spec, new KnownNames());
    }

    /** The text as a key of that table, or null. */
    public static Sample key(StickTable table, String text) {
        Sample sample = new Sample();
        sample.string(text.getBytes(StandardCharsets.ISO_8859_1));
        return table.prepareKey(sample, new Workspace(16384)) ? sample : null;
    }

    public static Sample number(long value) {
        Sample sample = new Sample();
        sample.integer(value);
        return sample;
    }
}
