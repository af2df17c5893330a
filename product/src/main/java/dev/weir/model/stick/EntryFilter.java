package dev.weir.model.stick;

/**
 * A condition on a stored value, as {@code show table} and {@code clear table} take it. Values are compared as signed
 * 64-bit numbers. Immutable.
 */
public record EntryFilter(DataType type, int element, Comparison comparison, long value) {

    public enum Comparison { EQ, NE, LE, GE, LT, GT;

        /** The comparison of that word, or null. */
        public static Comparison named(String word) {
            return switch (word) {
                case "eq" -> EQ;
                case "ne" -> NE;
                case "le" -> LE;
                case "ge" -> GE;
                case "lt" -> LT;
                case "gt" -> GT;
                default -> null;
            };
        }
    }

    public boolean accepts(StickEntry entry) {
        long stored = entry.value(type, element);
        if (stored == StickTable.NOT_STORED) {
            return false;
        }
        return switch (comparison) {
            case EQ -> stored == value;
            case NE -> stored != value;
            case LE -> stored <= value;
            case GE -> stored >= value;
            case LT -> stored < value;
            case GT -> stored > value;
        };
    }
}
