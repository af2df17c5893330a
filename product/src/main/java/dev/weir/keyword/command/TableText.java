package dev.weir.keyword.command;

import dev.weir.model.stick.DataType;
import dev.weir.model.stick.StickEntry;
import dev.weir.model.stick.StickTable;
import dev.weir.model.stick.StickTableSpec;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Workspace;
import java.nio.charset.StandardCharsets;

/** How {@code show table} writes a table and its entries. Stateless. */
final class TableText {

    private static final int WORK_BYTES = 16_384;

    private TableText() {}

    static void head(StringBuilder out, StickTable table) {
        out.append("# table: ").append(table.name()).append(", type: ").append(table.spec().keyType().text())
                .append(", size:").append(table.size()).append(", used:").append(table.used()).append('\n');
    }

    static void entry(StringBuilder out, StickTable table, StickEntry entry) {
        out.append("0x").append(Long.toHexString(entry.number())).append(": key=").append(key(entry.key()))
                .append(" use=").append(entry.users()).append(" exp=").append(entry.leftMs()).append(" shard=0");
        for (DataType type : DataType.values()) {
            for (StickTableSpec.Stored stored : table.spec().stored()) {
                if (stored.type() == type) {
                    values(out, table, entry, stored);
                }
            }
        }
        out.append('\n');
    }

    private static void values(StringBuilder out, StickTable table, StickEntry entry, StickTableSpec.Stored stored) {
        DataType type = stored.type();
        for (int i = 0; i < stored.elements(); i++) {
            out.append(' ').append(type.isArray() ? type.text().substring(0, 3) + i + type.text().substring(3)
                    : type.text());
            if (type.isRate()) {
                out.append('(').append(stored.periodMs()).append(')');
            }
            out.append('=');
            long value = entry.value(type, i);
            if (type.kind() == DataType.Kind.NAME) {
                byte[] name = value == 0 ? null : table.names().name(value);
                out.append(name == null ? "-" : new String(name, StandardCharsets.UTF_8));
            } else {
                out.append(value);
            }
        }
    }

    private static String key(Sample stored) {
        if (stored.type() == SampleType.BINARY) {
            StringBuilder hex = new StringBuilder();
            for (int i = stored.at(); i < stored.end(); i++) {
                hex.append(Character.toUpperCase(Character.forDigit(stored.bytes()[i] >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(stored.bytes()[i] & 15, 16)));
            }
            return hex.toString();
        }
        Sample key = new Sample();
        key.copyValue(stored);
        return Casts.toText(key, new Workspace(WORK_BYTES))
                ? new String(key.bytes(), key.at(), key.length(), StandardCharsets.UTF_8) : "";
    }
}
