package dev.weir.flow.expr;

/** The places where an expression can be used, by the names that messages give them. */
public enum Point {
    FE_CONNECTION("frontend tcp-request connection rule"),
    FE_SESSION("frontend tcp-request session rule"),
    FE_REQUEST_CONTENT("frontend tcp-request content rule"),
    FE_REQUEST("frontend http-request header rule"),
    FE_REQUEST_BODY("frontend http-request body rule"),
    FE_SWITCH("frontend use-backend rule"),
    BE_REQUEST_CONTENT("backend tcp-request content rule"),
    BE_REQUEST("backend http-request header rule"),
    BE_REQUEST_BODY("backend http-request body rule"),
    BE_SELECT("backend use-server, balance or stick-match rule"),
    BE_SOURCE("server source selection"),
    BE_RESPONSE_CONTENT("backend tcp-response content rule"),
    BE_RESPONSE("backend http-response header rule"),
    BE_RESPONSE_BODY("backend http-response body rule"),
    BE_STORE("backend stick-store rule"),
    FE_RESPONSE_CONTENT("frontend tcp-response content rule"),
    FE_RESPONSE("frontend http-response header rule"),
    FE_RESPONSE_BODY("frontend http-response body rule"),
    LOG("logs"),
    CHECK("backend tcp-check rule"),
    CONFIGURATION("configuration parser"),
    COMMAND("CLI parser");

    private final String text;

    Point(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    int bit() {
        return 1 << ordinal();
    }
}
