package dev.weir.config.rule;

import dev.weir.base.address.Address;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.ParsedAddress;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.VariableGuard;
import dev.weir.flow.rule.Text;
import dev.weir.model.value.VariableNames;
import dev.weir.net.tls.Alpn;
import dev.weir.upkeep.check.CheckStep;
import dev.weir.upkeep.check.CommentStep;
import dev.weir.upkeep.check.ConnectStep;
import dev.weir.upkeep.check.HttpRequestSpec;
import dev.weir.upkeep.check.HttpSendStep;
import dev.weir.upkeep.check.SendStep;
import dev.weir.upkeep.check.VariableStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the lines of steps other than expectations: {@code connect}, {@code send}, {@code comment}, variables. */
final class CheckStepLine {

    private static final String CONNECT_WORDS = "expects 'comment', 'port', 'addr', 'send-proxy', 'ssl', 'sni', 'alpn' "
            + "or 'via-socks4', 'linger', 'default' but got '";
    private static final String NEEDS_STRING = "expects a string as argument";

    private final CheckWords words;
    private final Addresses addresses;

    CheckStepLine(CheckWords words, Addresses addresses) {
        this.words = words;
        this.addresses = addresses;
    }

    /** The step, or null for what is not built. */
    CheckStep read() throws ExpressionError {
        String step = words.step();
        if (step.startsWith("set-var") || step.startsWith("unset-var")) {
            return variable(step);
        }
        return switch (step) {
            case "comment" -> new CommentStep(words.argument(NEEDS_STRING));
            case "connect" -> connect();
            case "send" -> words.family().equals("http-check") ? request() : send();
            case "expect" -> new CheckExpectLine(words).read();
            default -> send();
        };
    }

    private CheckStep connect() throws ExpressionError {
        boolean byServer = false;
        boolean sendProxy = false;
        boolean viaSocks4 = false;
        boolean lingers = false;
        boolean ssl = false;
        String sni = null;
        String alpn = null;
        int port = 0;
        Expression portBy = null;
        Address address = null;
        String comment = null;
        String protocol = null;
        while (words.hasMore()) {
            String word = words.next();
            switch (word) {
                case "default" -> byServer = true;
                case "send-proxy" -> sendProxy = true;
                case "via-socks4" -> viaSocks4 = true;
                case "linger" -> lingers = true;
                case "port" -> {
                    String text = words.argument("'port' expects a port number or a sample expression as argument.");
                    port = (int) Math.min(Integer.MAX_VALUE, Numbers.integer(text, -1));
                    portBy = port < 0 ? portBy(text) : null;
                    if (portBy == null && (port == 0 || port > 65535)) {
                        throw new ExpressionError("expects a valid TCP port (from range 1 to 65535) or a sample "
                                + "expression, got " + text + ".");
                    }
                }
                case "addr" -> address = address(words.argument("'addr' expects <ipv4|ipv6> as argument."));
                case "comment" -> comment = comment();
                case "proto" -> {
                    protocol = words.next();
                    proto(protocol);
                }
                case "ssl" -> ssl = true;
                case "sni" -> sni = words.argument("'sni' expects a string as argument.");
                case "alpn" -> alpn = words.argument("'alpn' : missing the comma-delimited ALPN protocol suite");
                default -> throw new ExpressionError(CONNECT_WORDS + word + "' as argument.");
            }
        }
        byte[] protocols = alpn == null ? Alpn.NONE : Alpn.wire(alpn);
        if (protocols == null) {
            throw new ExpressionError("'alpn' : wrong protocol name in '" + alpn + "'");
        }
        ConnectStep.Encrypted tls = ssl ? new ConnectStep.Encrypted(sni, protocols) : null;
        return new ConnectStep(false, byServer, Math.max(0, port), portBy, address, sendProxy, viaSocks4, tls, lingers,
                protocol, comment);
    }

    private String comment() throws ExpressionError {
        return words.argument("'comment' expects a string as argument.");
    }

    private Expression portBy(String text) throws ExpressionError {
        try {
            return words.expression(text);
        } catch (ExpressionError e) {
            throw new ExpressionError("error detected while parsing port expression : " + e.getMessage());
        }
    }

    private Address address(String text) throws ExpressionError {
        ParsedAddress parsed = addresses.parse(text, Addresses.STREAM);
        if (parsed == null) {
            throw new ExpressionError("'addr' : " + addresses.error() + "\n.");
        }
        return parsed.address();
    }

    private void proto(String name) throws ExpressionError {
        boolean http = words.family().equals("http-check");
        switch (name) {
            case "none" -> {
                if (http) {
                    throw new ExpressionError("'proto' : invalid MUX protocol '" + name + "' for http-check");
                }
            }
            case "h1", "h2", "fcgi" -> {
                if (!http) {
                    throw new ExpressionError("'proto' : invalid MUX protocol '" + name + "' for tcp-check");
                }
            }
            default -> throw new ExpressionError("'proto' : unknown MUX protocol '" + name + "'.");
        }
    }

    private CheckStep send() throws ExpressionError {
        String kind = words.step();
        if (!words.hasMore()) {
            throw new ExpressionError("'" + (kind.contains("binary") ? "binary" : "string") + "' expects a " + kind
                    + " as argument");
        }
        String data = words.next();
        byte[] fixed = null;
        Text format = null;
        switch (kind) {
            case "send" -> fixed = ActionLine.bytes(data);
            case "send-binary" -> {
                try {
                    fixed = CheckWords.binary(data);
                } catch (ExpressionError e) {
                    throw new ExpressionError("'" + data + "' " + e.getMessage() + ".\n");
                }
            }
            default -> format = words.format(data);
        }
        String comment = null;
        while (words.hasMore()) {
            String word = words.next();
            if (!word.equals("comment")) {
                throw new ExpressionError("expects 'comment' but got '" + word + "' as argument.");
            }
            comment = comment();
        }
        return new SendStep(fixed, format, kind.equals("send-binary-lf"), comment);
    }

    private CheckStep request() throws ExpressionError {
        String method = null;
        String version = null;
        Text target = null;
        Text body = null;
        String comment = null;
        List<HttpRequestSpec.Field> fields = new ArrayList<>();
        while (words.hasMore()) {
            String word = words.next();
            String missing = "'" + word + "' expects a string as argument.";
            switch (word) {
                case "comment" -> comment = comment();
                case "meth" -> method = words.argument(missing);
                case "ver" -> version = words.argument(missing);
                case "uri" -> target = Text.constant(ActionLine.bytes(words.argument(missing)));
                case "uri-lf" -> target = words.format(words.argument(missing));
                case "body" -> body = Text.constant(ActionLine.bytes(words.argument(missing)));
                case "body-lf" -> body = words.format(words.argument(missing));
                case "hdr" -> addField(fields);
                default -> throw new ExpressionError("expects 'comment', 'meth', 'uri', 'uri-lf', 'ver', 'hdr', 'body' "
                        + "or 'body-lf' but got '" + word + "' as argument.");
            }
        }
        return new HttpSendStep(new HttpRequestSpec(method, target, version, List.copyOf(fields), body), false,
                comment);
    }

    private void addField(List<HttpRequestSpec.Field> fields) throws ExpressionError {
        String missing = "'hdr' expects <name> and <value> as arguments";
        String name = words.argument(missing).toLowerCase(Locale.ROOT);
        String value = words.argument(missing);
        for (HttpRequestSpec.Field other : fields) {
            if (name.equals("host") && other.name().equals("host")) {
                byte[] before = other.value().constant();
                throw new ExpressionError("'Host' header already defined (previous value is '" + (before == null ? ""
                        : new String(before, java.nio.charset.StandardCharsets.ISO_8859_1)) + "')");
            }
        }
        fields.add(new HttpRequestSpec.Field(name, words.bareFormat(value)));
    }

    private CheckStep variable(String step) throws ExpressionError {
        int open = step.indexOf('(');
        String action = open < 0 ? step : step.substring(0, open);
        try {
            if (open < 0 || !step.endsWith(")")) {
                throw new ExpressionError("invalid or incomplete action '" + step + "'. Expects 'set-var(<var-name>)', "
                        + "'set-var-fmt(<var-name>)' or 'unset-var(<var-name>)'");
            }
            String[] parts = step.substring(open + 1, step.length() - 1).split(",", -1);
            VariableNames.Parsed parsed = words.scope().variables().parse(parts[0]);
            if (parsed.name() == null) {
                throw new ExpressionError(parsed.error());
            }
            List<VariableGuard> guards = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                guards.add(VariableGuard.of(parts[i]));
            }
            return switch (action) {
                case "unset-var" -> new VariableStep(parsed.name(), guards, null, null);
                case "set-var-fmt" -> new VariableStep(parsed.name(), guards, null, words.bareFormat(words.next()));
                default -> new VariableStep(parsed.name(), guards, words.expression(words.next()), null);
            };
        } catch (ExpressionError e) {
            throw new ExpressionError("'" + action + "' : " + e.getMessage());
        }
    }
}
