package dev.weir.config.rule;

import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.config.lang.Addresses;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Text;
import dev.weir.upkeep.check.CheckProgram;
import dev.weir.upkeep.check.HttpRequestSpec;
import dev.weir.upkeep.check.Protocols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compiles what a proxy or a {@code healthcheck} section says of checks: the kind with its words, and the steps. */
public final class CheckCompiler {

    private final ProxyScope scope;
    private final Addresses addresses;
    private final Findings findings;
    private final CheckScript tcp = new CheckScript();
    private final CheckScript http = new CheckScript();
    private boolean disableOn404;
    private boolean sendState;

    private CheckCompiler(ProxyScope scope, Addresses addresses, Findings findings) {
        this.scope = scope;
        this.addresses = addresses;
        this.findings = findings;
    }

    /** For a proxy whose rules have been compiled. */
    public static CheckCompiler of(RuleCompiler rules, Addresses addresses, Findings findings) {
        return new CheckCompiler(rules.scope(), addresses, findings);
    }

    /** For a section of its own. */
    public static CheckCompiler of(Names names, String section, Addresses addresses, Findings findings) {
        return new CheckCompiler(new ProxyScope(names, section, false, true, null), addresses, findings);
    }

    /**
     * @param kind the word of the kind with its arguments; empty for a plain connection
     * @param place where the kind stands, or null
     */
    public CheckProgram compile(List<String> kind, Place place, List<Phrase> lines) {
        for (Phrase line : lines) {
            line(line);
        }
        try {
            return program(kind, place);
        } catch (ExpressionError e) {
            findings.alert(place, "'option " + kind.getFirst() + "' : " + e.getMessage() + ".");
            return CheckProgram.PLAIN;
        }
    }

    private void line(Phrase line) {
        List<String> words = line.words();
        String step = words.size() > 1 ? words.get(1) : "";
        switch (step) {
            case "disable-on-404" -> disableOn404 = true;
            case "send-state" -> sendState = true;
            default -> step(line, words.getFirst() + " " + step);
        }
    }

    private void step(Phrase line, String name) {
        try {
            CheckWords words = new CheckWords(scope, line.words(), 2);
            (name.startsWith("http") ? http : tcp).add(new CheckStepLine(words, addresses).read());
        } catch (ExpressionError e) {
            findings.alert(line.place(), "'" + name + "' : " + e.getMessage() + ".");
        }
    }

    private CheckProgram program(List<String> kind, Place place) throws ExpressionError {
        String argument = kind.size() > 2 ? kind.get(2) : "";
        return switch (kind.isEmpty() ? "" : kind.getFirst()) {
            case "tcp-check" -> new CheckProgram(CheckProgram.Kind.SCRIPT, tcp.whole(), false);
            case "httpchk" -> new CheckProgram(CheckProgram.Kind.HTTP, http.wholeHttp(request(kind, place), sendState),
                    disableOn404);
            case "ssl-hello-chk" -> Protocols.sslHello();
            case "redis-check" -> Protocols.redis();
            case "ldap-check" -> Protocols.ldap();
            case "spop-check" -> Protocols.spop();
            case "pgsql-check" -> Protocols.postgres(argument);
            case "mysql-check" -> Protocols.mysql(argument.isEmpty() ? null
                    : Protocols.mysqlLogin(argument, kind.size() > 3 ? kind.get(3) : "post-41"));
            case "smtpchk" -> {
                boolean named = kind.size() > 2 && (kind.get(1).equals("EHLO") || kind.get(1).equals("HELO"));
                yield Protocols.smtp(named ? kind.get(1) : "HELO", named ? argument : "localhost");
            }
            case "external-check" -> CheckProgram.EXTERNAL;
            default -> CheckProgram.PLAIN;
        };
    }

    /** {@code option httpchk}, where headers and a body may hide behind the version. */
    private HttpRequestSpec request(List<String> words, Place place) throws ExpressionError {
        int uriAt = words.size() > 2 ? 2 : 1;
        String method = uriAt == 2 ? words.get(1) : null;
        Text target = words.size() > uriAt && !words.get(uriAt).isEmpty()
                ? Text.constant(ActionLine.bytes(words.get(uriAt))) : null;
        String version = words.size() > 3 ? words.get(3) : null;
        List<HttpRequestSpec.Field> fields = new ArrayList<>();
        Text body = null;
        int end = version == null ? -1 : version.indexOf("\r\n");
        if (end >= 0) {
            findings.warnTight(place, "'option httpchk' : hiding headers or body at the end of the version string is "
                    + "deprecated. Please, consider to use 'http-check send' directive instead.");
            int bodyAt = version.indexOf("\r\n\r\n", end);
            hidden(version.substring(end, bodyAt < 0 ? version.length() : bodyAt), fields);
            body = bodyAt < 0 || bodyAt + 4 >= version.length() ? null
                    : Text.constant(ActionLine.bytes(version.substring(bodyAt + 4)));
            version = version.substring(0, end);
        }
        if (words.size() > 4) {
            fields.add(new HttpRequestSpec.Field("host", scope.texts().compile(words.get(4),
                    dev.weir.flow.expr.Point.CHECK, "httpchk")));
        }
        return new HttpRequestSpec(method, target, version, List.copyOf(fields), body);
    }

    private static void hidden(String text, List<HttpRequestSpec.Field> fields) {
        for (String line : text.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.add(new HttpRequestSpec.Field(line.substring(0, colon).toLowerCase(Locale.ROOT),
                        Text.constant(ActionLine.bytes(line.substring(colon + 1).strip()))));
            }
        }
    }
}
