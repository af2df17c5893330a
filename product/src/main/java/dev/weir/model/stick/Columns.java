package dev.weir.model.stick;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where the data of a row lie: laid out once, in the order of the types' numbers. Immutable. */
final class Columns {

    private static final int TYPES = DataType.values().length;

    private final int[] offset = new int[TYPES];
    private final int[] elements = new int[TYPES];
    private final int[] period = new int[TYPES];
    private final int width;

    Columns(List<StickTableSpec.Stored> stored) {
        Map<DataType, StickTableSpec.Stored> ordered = new EnumMap<>(DataType.class);
        stored.forEach(each -> ordered.put(each.type(), each));
        Arrays.fill(offset, -1);
        int at = 0;
        for (StickTableSpec.Stored each : ordered.values()) {
            int index = each.type().ordinal();
            offset[index] = at;
            elements[index] = each.elements();
            period[index] = Math.max(1, each.periodMs());
            at += each.elements() * each.type().width();
        }
        width = at;
        for (DataType old : DataType.values()) {
            DataType array = old.array();
            if (array != null && offset[old.ordinal()] < 0 && elements[array.ordinal()] > old.element()) {
                offset[old.ordinal()] = offset[array.ordinal()] + old.element() * old.width();
                elements[old.ordinal()] = 1;
                period[old.ordinal()] = period[array.ordinal()];
            }
        }
    }

    /** The longs of a row. */
    int width() {
        return width;
    }

    /** Where the value begins, or -1 when it is not stored. */
    int at(DataType type, int element) {
        int index = type.ordinal();
        return element < 0 || element >= elements[index] ? -1 : offset[index] + element * type.width();
    }

    int periodMs(DataType type) {
        return period[type.ordinal()];
    }
}
