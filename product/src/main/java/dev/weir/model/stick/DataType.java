package dev.weir.model.stick;

/** What a table can store about a key, in the order of the numbers that peers use (configuration.txt 11.1). */
public enum DataType {
    SERVER_ID("server_id", Kind.NUMBER),
    GPT0("gpt0", Kind.NUMBER),
    GPC0("gpc0", Kind.NUMBER),
    GPC0_RATE("gpc0_rate", Kind.RATE),
    CONN_CNT("conn_cnt", Kind.NUMBER),
    CONN_RATE("conn_rate", Kind.RATE),
    CONN_CUR("conn_cur", Kind.NUMBER),
    SESS_CNT("sess_cnt", Kind.NUMBER),
    SESS_RATE("sess_rate", Kind.RATE),
    HTTP_REQ_CNT("http_req_cnt", Kind.NUMBER),
    HTTP_REQ_RATE("http_req_rate", Kind.RATE),
    HTTP_ERR_CNT("http_err_cnt", Kind.NUMBER),
    HTTP_ERR_RATE("http_err_rate", Kind.RATE),
    BYTES_IN_CNT("bytes_in_cnt", Kind.TOTAL),
    BYTES_IN_RATE("bytes_in_rate", Kind.RATE),
    BYTES_OUT_CNT("bytes_out_cnt", Kind.TOTAL),
    BYTES_OUT_RATE("bytes_out_rate", Kind.RATE),
    GPC1("gpc1", Kind.NUMBER),
    GPC1_RATE("gpc1_rate", Kind.RATE),
    SERVER_KEY("server_key", Kind.NAME),
    HTTP_FAIL_CNT("http_fail_cnt", Kind.NUMBER),
    HTTP_FAIL_RATE("http_fail_rate", Kind.RATE),
    GPT("gpt", Kind.NUMBER),
    GPC("gpc", Kind.NUMBER),
    GPC_RATE("gpc_rate", Kind.RATE),
    GLITCH_CNT("glitch_cnt", Kind.NUMBER),
    GLITCH_RATE("glitch_rate", Kind.RATE);

    /** How a value is kept. */
    public enum Kind {
        /** 32 bits without a sign. */
        NUMBER,
        /** 64 bits. */
        TOTAL,
        /** Events per period. */
        RATE,
        /** A text, as its number in {@link KnownNames}. */
        NAME
    }

    /** The longest array. */
    public static final int MAX_ELEMENTS = 100;

    private static final DataType[] ALL = values();

    private final String text;
    private final Kind kind;

    DataType(String text, Kind kind) {
        this.text = text;
        this.kind = kind;
    }

    public String text() {
        return text;
    }

    public Kind kind() {
        return kind;
    }

    public boolean isRate() {
        return kind == Kind.RATE;
    }

    public boolean isArray() {
        return this == GPT || this == GPC || this == GPC_RATE;
    }

    /** The longs that one value takes. */
    int width() {
        return kind == Kind.RATE ? 2 : 1;
    }

    /** The rate that goes with a counter, or null. */
    public DataType rate() {
        return switch (this) {
            case GPC0 -> GPC0_RATE;
            case GPC1 -> GPC1_RATE;
            case GPC -> GPC_RATE;
            case CONN_CNT -> CONN_RATE;
            case SESS_CNT -> SESS_RATE;
            case HTTP_REQ_CNT -> HTTP_REQ_RATE;
            case HTTP_ERR_CNT -> HTTP_ERR_RATE;
            case HTTP_FAIL_CNT -> HTTP_FAIL_RATE;
            case BYTES_IN_CNT -> BYTES_IN_RATE;
            case BYTES_OUT_CNT -> BYTES_OUT_RATE;
            case GLITCH_CNT -> GLITCH_RATE;
            default -> null;
        };
    }

    /** The array whose first elements this old name means, or null. */
    DataType array() {
        return switch (this) {
            case GPC0, GPC1 -> GPC;
            case GPC0_RATE, GPC1_RATE -> GPC_RATE;
            case GPT0 -> GPT;
            default -> null;
        };
    }

    /** Which element of {@link #array} it is. */
    int element() {
        return this == GPC1 || this == GPC1_RATE ? 1 : 0;
    }

    /** The type of that name, or null; {@code server_name} is the one that early files have for a key. */
    public static DataType named(String word) {
        for (DataType type : ALL) {
            if (type.text.equals(word)) {
                return type;
            }
        }
        return word.equals("server_name") ? SERVER_KEY : null;
    }
}
