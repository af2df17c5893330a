package dev.weir.admin.stats;

/**
 * A field of {@code show info} at one moment. Immutable.
 *
 * @param id its number, a contract with tools
 * @param text null for a number
 * @param precise how it reads with {@code float}, null for the same
 */
public record InfoField(int id, String name, String tags, String type, String text, long number, String precise,
        String purpose) {

    /** The type as it is shown. */
    public String type(boolean exact) {
        return exact && precise != null ? "flt" : type;
    }

    public String value(boolean exact) {
        return exact && precise != null ? precise : text != null ? text : Long.toString(number);
    }
}
