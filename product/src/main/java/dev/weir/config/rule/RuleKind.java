package dev.weir.config.rule;

import dev.weir.flow.expr.Point;

/** The sets of rules, by the words of the configuration, with where their expressions are evaluated. */
public enum RuleKind {
    CONNECTION("tcp-request connection", "a", Point.FE_CONNECTION, null),
    SESSION("tcp-request session", "a", Point.FE_SESSION, null),
    CONTENT("tcp-request content", "a", Point.FE_REQUEST_CONTENT, Point.BE_REQUEST_CONTENT),
    RESPONSE_CONTENT("tcp-response content", "a", Point.FE_RESPONSE_CONTENT, Point.BE_RESPONSE_CONTENT),
    REQUEST("http-request", "an", Point.FE_REQUEST, Point.BE_REQUEST),
    RESPONSE("http-response", "an", Point.FE_RESPONSE, Point.BE_RESPONSE),
    AFTER_RESPONSE("http-after-response", "an", Point.FE_RESPONSE, Point.BE_RESPONSE);

    private final String text;
    private final String article;
    private final Point front;
    private final Point back;

    RuleKind(String text, String article, Point front, Point back) {
        this.text = text;
        this.article = article;
        this.front = front;
        this.back = back;
    }

    public static RuleKind find(String text) {
        for (RuleKind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        return null;
    }

    public String text() {
        return text;
    }

    /** With its article, for messages. */
    public String oneOf() {
        return article + " '" + text;
    }

    public boolean isHttp() {
        return text.startsWith("http");
    }

    public boolean isResponse() {
        return this == RESPONSE_CONTENT || this == RESPONSE || this == AFTER_RESPONSE;
    }

    /** Whether there is a message to read and to edit. */
    public boolean hasContent() {
        return this != CONNECTION && this != SESSION;
    }

    /** Where conditions are evaluated in a proxy of that kind. */
    Point point(boolean isFrontend) {
        return isFrontend || back == null ? front : back;
    }

    /** Both places of a proxy that has two sides; the second may be null. */
    Point otherPoint(boolean isFrontend, boolean isBackend) {
        return isFrontend && isBackend ? back : null;
    }
}
