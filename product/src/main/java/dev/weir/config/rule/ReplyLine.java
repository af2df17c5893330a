package dev.weir.config.rule;

import dev.weir.config.lang.Numbers;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.reply.ErrorPages;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.FormattedReply;
import dev.weir.flow.rule.ReplyMaker;
import dev.weir.flow.rule.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads what describes a reply: {@code [status n] [content-type t] [file f | string s | errorfile f | ...] [hdr n v]*}, as
 * deny, tarpit, return and http-error have it (configuration.txt, {@code http-request return}).
 */
public final class ReplyLine {

    private final ActionLine line;
    private final int implied;
    private final List<FormattedReply.Field> fields = new ArrayList<>();
    private int status;
    private String type;
    private String payload;
    private String payloadValue;
    private boolean old;
    private boolean any;

    /** @param implied the status when none is given; 0 where one must be */
    public ReplyLine(ActionLine line, int implied) {
        this.line = line;
        this.implied = implied;
        this.status = implied;
    }

    public int status() {
        return status;
    }

    /** The reply that the words up to the condition describe. */
    public ReplyMaker read() throws ExpressionError {
        while (!line.isOver() && word(line.peek())) {
            any = true;
        }
        if (status == 0) {
            throw new ExpressionError("status code not defined");
        }
        boolean pages = !line.word().equals("return") && (!any || old && payload == null && type == null);
        if (pages) {
            payload = "default-errorfiles";
        }
        return build();
    }

    private boolean word(String word) throws ExpressionError {
        switch (word) {
            case "status", "deny_status" -> {
                line.next();
                readStatus();
            }
            case "content-type" -> {
                line.next();
                type = value(word, "<ctype>");
            }
            case "hdr" -> {
                line.next();
                header();
            }
            case "default-errorfiles" -> payload(line.next(), "");
            case "errorfile", "file", "lf-file" -> payload(line.next(), value(word, "<file>"));
            case "errorfiles" -> payload(line.next(), value(word, "<section>"));
            case "string", "lf-string" -> payload(line.next(), value(word, word.equals("string") ? "<str>" : "<fmt>"));
            default -> {
                return false;
            }
        }
        old = old || word.equals("deny_status");
        return true;
    }

    private String value(String word, String what) throws ExpressionError {
        if (!line.hasMore()) {
            throw new ExpressionError("'" + word + "' expects " + what + " as argument");
        }
        return line.next();
    }

    private void readStatus() throws ExpressionError {
        String text = value("status", "<status_code>");
        status = (int) Numbers.leading(text);
        if (status < 200 || status > 599) {
            throw new ExpressionError("Unexpected status code '" + status + "'");
        }
    }

    private void payload(String kind, String value) throws ExpressionError {
        if (payload != null) {
            throw new ExpressionError("unexpected '" + kind + "' argument, '" + payload + "' already defined");
        }
        payload = kind;
        payloadValue = value;
    }

    private void header() throws ExpressionError {
        line.needs(2, "'hdr' expects <name> and <value> as arguments");
        String written = line.next();
        String name = written.toLowerCase(Locale.ROOT);
        if (name.equals("content-length") || name.equals("transfer-encoding") || name.equals("content-type")) {
            // what the body itself decides
            line.scope().warn("header '" + written + "' always ignored by the http reply.");
            line.next();
            return;
        }
        fields.add(new FormattedReply.Field(ActionLine.bytes(name), line.text()));
    }

    private ReplyMaker page(int wanted) {
        return context -> context.errorPage(wanted);
    }

    private ReplyMaker build() throws ExpressionError {
        String kind = payload == null ? "" : payload;
        if (kind.equals("default-errorfiles") && !ErrorPages.has(status)) {
            throw new ExpressionError("status code '" + status + "' not handled by default with '" + kind
                    + "' argument.");
        }
        switch (kind) {
            case "default-errorfiles" -> {
                if (line.word().equals("http-error")) {
                    Reply ready = ErrorPages.reply(status);
                    return context -> ready;
                }
                return page(status);
            }
            case "errorfile" -> {
                return line.scope().pages().file(payloadValue);
            }
            case "errorfiles" -> {
                return line.scope().pages().ofSection(payloadValue, status);
            }
            default -> { }
        }
        Text body = body(kind);
        boolean empty = body == null || body.constant() != null && body.constant().length == 0;
        if (!empty && type == null) {
            throw new ExpressionError("a content type must be defined when non-empty payload is configured");
        }
        if (!empty && (status == 204 || status == 205 || status == 304)) {
            throw new ExpressionError("No body expected for " + status + " responses");
        }
        if (empty && type != null) {
            line.scope().warn("content-type '" + type
                    + "' ignored by the http reply because neither errorfile nor payload defined.");
        }
        return new FormattedReply(status, fields, type == null ? null : ActionLine.bytes(type), body).settled();
    }

    private Text body(String kind) throws ExpressionError {
        return switch (kind) {
            case "string" -> Text.constant(ActionLine.bytes(payloadValue));
            case "lf-string" -> line.text(payloadValue);
            case "file" -> Text.constant(line.scope().pages().bytes(payloadValue));
            case "lf-file" -> line.text(new String(line.scope().pages().bytes(payloadValue),
                    java.nio.charset.StandardCharsets.ISO_8859_1));
            default -> null;
        };
    }
}
