package dev.weir.model.stick;

import dev.weir.model.value.SampleType;

/** The types of keys, by the names that tables are shown with and the numbers that peers use. */
public enum KeyType {
    IPV4("ip", SampleType.IPV4, 4, 4),
    IPV6("ipv6", SampleType.IPV6, 5, 16),
    INTEGER("integer", SampleType.INTEGER, 2, 4),
    STRING("string", SampleType.STRING, 6, 31),
    BINARY("binary", SampleType.BINARY, 7, 32);

    private final String text;
    private final SampleType sampleType;
    private final int wireNumber;
    private final int defaultLength;

    KeyType(String text, SampleType sampleType, int wireNumber, int defaultLength) {
        this.text = text;
        this.sampleType = sampleType;
        this.wireNumber = wireNumber;
        this.defaultLength = defaultLength;
    }

    public String text() {
        return text;
    }

    /** What a sample becomes to be a key. */
    public SampleType sampleType() {
        return sampleType;
    }

    public int wireNumber() {
        return wireNumber;
    }

    /** The most bytes of a key when the table does not say; HAProxy keeps 31 characters of a text, not 32. */
    public int defaultLength() {
        return defaultLength;
    }

    public boolean isText() {
        return this == STRING || this == BINARY;
    }

    /** The type of that name in a configuration, or null. */
    public static KeyType named(String word) {
        return switch (word) {
            case "ip", "ipv4" -> IPV4;
            case "ipv6" -> IPV6;
            case "integer" -> INTEGER;
            case "string" -> STRING;
            case "binary" -> BINARY;
            default -> null;
        };
    }
}
