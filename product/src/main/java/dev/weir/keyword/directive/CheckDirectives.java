package dev.weir.keyword.directive;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.Keyword.Status;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.lang.Statement;
import dev.weir.model.proxy.ProxySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Health checks of a backend: the options that choose the kind, and the lines of steps, kept as words (configuration
 * manual 4.2). Boot's thread.
 */
final class CheckDirectives extends KeywordFamily {

    @Override
    public String rows() {
        return """
                option/external-check DLB 0-0 ok
                option/httpchk DLB 0-* ok
                option/ldap-check DLB 0-0 ok
                option/mysql-check DLB 0-* ok
                option/pgsql-check DLB 0-* ok
                option/redis-check DLB 0-0 ok
                option/smtpchk DLB 0-2 ok
                option/spop-check DLB 0-0 ok
                option/ssl-hello-chk DLB 0-0 ok
                option/tcp-check DLB 0-0 ok
                external-check DLB 0-* head
                external-check/command DLB 1-* ok : =missing argument after 'command'.
                external-check/path DLB 1-* ok : =missing argument after 'path'.
                http-check DLB 0-* head
                http-check/comment DLB 0-* ok
                http-check/connect DLB 0-* ok
                http-check/disable-on-404 DLB 0-* ok
                http-check/expect DLB 0-* ok
                http-check/send DLB 0-* ok
                http-check/send-state DLB 0-* ok
                http-check/set-var DLB 0-* ok
                http-check/set-var-fmt DLB 0-* ok
                http-check/unset-var DLB 0-* ok
                tcp-check DLB 0-* head
                tcp-check/comment DLB 0-* ok
                tcp-check/connect DLB 0-* ok
                tcp-check/expect DLB 0-* ok
                tcp-check/send DLB 0-* ok
                tcp-check/send-binary DLB 0-* ok
                tcp-check/send-binary-lf DLB 0-* ok
                tcp-check/send-lf DLB 0-* ok
                tcp-check/set-var DLB 0-* ok
                tcp-check/set-var-fmt DLB 0-* ok
                tcp-check/unset-var DLB 0-* ok
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        int most = switch (keyword.name()) {
            case "external-check command", "external-check path" -> 3;
            case "http-check disable-on-404", "http-check send-state" -> 2;
            default -> Integer.MAX_VALUE;
        };
        if (keyword.status() == Status.HEAD) {
            head(line);
        } else if (line.count() > most) {
            line.alert(most, "'" + line.word(0) + "' cannot handle unexpected argument '" + line.word(most) + "'.");
        } else if (keyword.name().startsWith("option ")) {
            option(keyword.name().substring(7), line, draft);
        } else if (keyword.name().equals("external-check command")) {
            draft.settings().set(ProxySpec.EXTERNAL_COMMAND, line.word(2), line.place());
        } else if (keyword.name().equals("external-check path")) {
            draft.settings().set(ProxySpec.EXTERNAL_PATH, line.word(2), line.place());
        } else {
            step(line, draft);
        }
    }

    private static void head(Statement line) {
        switch (line.word(0)) {
            case "http-check" -> line.alert(1, "'http-check' only supports 'disable-on-404', 'send-state', 'comment', "
                    + "'connect', 'send', 'expect', 'set-var-fmt(*)', 'set-var(*)', 'unset-var(*)'. but got '"
                    + line.word(1) + "'");
            case "tcp-check" -> line.alert(1, "'tcp-check' only supports 'comment', 'connect', 'send', 'send-binary', "
                    + "'expect', 'set-var-fmt(*)', 'set-var(*)', 'unset-var(*)'. but got '" + line.word(1) + "'");
            default -> line.alert(1, line.has(1) ? "'external-check' only supports 'command' and 'path'. but got '"
                    + line.word(1) + "'." : "missing argument after 'external-check'.\n");
        }
    }

    /** The last of these options counts. */
    private static void option(String kind, Statement line, Draft draft) {
        String error = switch (kind) {
            case "mysql-check" -> mysql(line);
            case "pgsql-check" -> line.word(2).equals("user") && line.has(3) ? null
                    : "'option pgsql-check' expects 'user <username>' as argument.";
            case "httpchk" -> line.has(5) ? "'option httpchk' cannot handle unexpected argument '" + line.word(5) + "'."
                    : null;
            default -> null;
        };
        if (error != null) {
            line.alert(2, error);
            return;
        }
        List<String> words = new ArrayList<>();
        words.add(kind);
        words.addAll(line.from(2));
        draft.settings().set(ProxySpec.CHECK_KIND, List.copyOf(words), line.place());
    }

    private static String mysql(Statement line) {
        if (!line.has(2)) {
            return null;
        }
        if (!line.word(2).equals("user")) {
            return "'option mysql-check' only supports optional values: 'user' (got '" + line.word(2) + "').";
        } else if (!line.has(3)) {
            return "'option mysql-check user' expects <username> as argument.";
        }
        return !line.has(4) || ServerChecks.isOneOf(line.word(4), "post-41", "pre-41", "post-80") ? null
                : "keyword 'user' only supports 'post-41' and 'pre-41' (got '" + line.word(4) + "').";
    }

    /** The lines of one layer: those of a proxy take the place of what its defaults section says. */
    private static void step(Statement line, Draft draft) {
        if (draft.proxy() == null) {
            draft.keep(line);
            return;
        }
        Settings settings = draft.proxy().settings();
        List<Phrase> lines = settings.hasOwn(ProxySpec.CHECK_LINES)
                ? new ArrayList<>(settings.get(ProxySpec.CHECK_LINES)) : new ArrayList<>();
        lines.add(line.phrase());
        settings.set(ProxySpec.CHECK_LINES, List.copyOf(lines), line.place());
    }
}
