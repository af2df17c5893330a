package dev.weir.model.pattern;

import dev.weir.model.value.SampleType;

/** The ways to compare a sample with patterns ({@code -m}, configuration.txt 7.1), and the type that each wants. */
public enum MatchMethod {
    FOUND("found", SampleType.ANY),
    BOOL("bool", SampleType.INTEGER),
    INT("int", SampleType.INTEGER),
    /** Integers that are written as versions, {@code 3.1}; only by the name of a keyword. */
    VERSION(null, SampleType.INTEGER),
    IP("ip", SampleType.ADDRESS),
    BIN("bin", SampleType.BINARY),
    LEN("len", SampleType.STRING),
    STR("str", SampleType.STRING),
    BEG("beg", SampleType.STRING),
    SUB("sub", SampleType.STRING),
    DIR("dir", SampleType.STRING),
    DOM("dom", SampleType.STRING),
    END("end", SampleType.STRING),
    REG("reg", SampleType.STRING),
    /** HTTP methods; only by the name of a keyword. */
    METHOD(null, SampleType.METHOD),
    /** Groups of a userlist that a user is in; only by the name of a keyword. */
    GROUP(null, SampleType.STRING);

    private final String text;
    private final SampleType input;

    MatchMethod(String text, SampleType input) {
        this.text = text;
        this.input = input;
    }

    public SampleType input() {
        return input;
    }

    /** Whether patterns play no part in it. */
    public boolean takesNoPatterns() {
        return this == FOUND || this == BOOL;
    }

    public boolean isNumeric() {
        return this == INT || this == VERSION || this == LEN;
    }

    /** The method that {@code -m} calls so, or null. */
    public static MatchMethod find(String name) {
        for (MatchMethod method : values()) {
            if (name.equals(method.text)) {
                return method;
            }
        }
        return null;
    }

    /** What a sample is compared by when nothing is said, or null when something must be. */
    public static MatchMethod byType(SampleType type) {
        return switch (type) {
            case BOOL -> BOOL;
            case INTEGER -> INT;
            case ADDRESS, IPV4, IPV6 -> IP;
            case STRING -> STR;
            case METHOD -> METHOD;
            case BINARY, ANY -> null;
        };
    }
}
