package dev.weir.config.rule;

import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.flow.drive.StickRule;
import dev.weir.flow.drive.StickRuleCompiler;
import dev.weir.flow.expr.AclCompiler;
import dev.weir.flow.expr.Condition;
import dev.weir.flow.expr.ConditionCompiler;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionCompiler;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Point;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.Chained;
import dev.weir.flow.rule.Forwarded;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.flow.rule.Rule;
import dev.weir.flow.rule.RuleSet;
import dev.weir.flow.rule.SwitchRule;
import dev.weir.flow.rule.Text;
import dev.weir.model.proxy.RuleLine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Compiles the lines of one proxy, in the order of the file. One per proxy. */
public final class RuleCompiler {

    private final ProxyLines proxy;
    private final Findings findings;
    private final RuleHints hints;
    private final boolean experimental;
    private final ProxyScope scope;
    private final ErrorPageLines pages;
    private final FilterLines filters;
    private final Map<RuleKind, List<Rule>> rules = new EnumMap<>(RuleKind.class);
    private final List<Rule> redirects = new ArrayList<>();
    private final List<Rule> statsRules = new ArrayList<>();
    private Forwarded forwarded;
    private final List<SwitchRule> switches = new ArrayList<>();
    private final List<SwitchRule> servers = new ArrayList<>();
    private final List<StickRule> stickRules = new ArrayList<>();
    private final Map<String, List<Condition>> conditions = Map.of("monitor fail", new ArrayList<>(),
            "force-persist", new ArrayList<>(), "ignore-persist", new ArrayList<>(), "force-be-switch",
            new ArrayList<>(), "stats admin", new ArrayList<>());

    public RuleCompiler(Names names, ProxyLines proxy, ErrorPageLines pages, boolean experimental, Findings findings) {
        this.proxy = proxy;
        this.findings = findings;
        this.experimental = experimental;
        this.pages = pages;
        this.scope = new ProxyScope(names, proxy.name(), proxy.isFrontend(), proxy.isBackend(), pages);
        this.filters = new FilterLines(scope, proxy, findings);
        this.hints = new RuleHints(proxy, findings);
        scope.filters(filters);
        for (RuleKind kind : RuleKind.values()) {
            rules.put(kind, new ArrayList<>());
        }
    }

    /** The expression of {@code balance hash} or {@code balance rdp-cookie}, or null. */
    Expression balance() {
        List<String> words = proxy.balance().words();
        String word = words.isEmpty() ? "" : words.getFirst();
        String message = "req.payload(0,0)";
        String text = word.equals("log-hash") ? words.size() > 1 ? message + "," + words.get(1) : message
                : word.equals("hash") ? words.get(1) : word.equals("rdp-cookie") ? "rdp_cookie"
                : word.startsWith("rdp-cookie(") ? "rdp_cookie" + word.substring("rdp-cookie".length()) : null;
        if (text == null || !proxy.isBackend()) {
            return null;
        }
        ExpressionCompiler.Compiled compiled = new ExpressionCompiler(scope.purposed("balance hash expression"))
                .compile(text, 0);
        if (compiled.error() != null) {
            findings.alert(proxy.balance().place(), "'balance' : balance hash : " + compiled.error() + ".");
        }
        return compiled.expression();
    }

    /** The expression of {@code persist rdp-cookie(name)}. */
    public Expression rdpCookie(String name) {
        return new ExpressionCompiler(scope.purposed("rdp cookie")).compile("rdp_cookie(" + name + ")", 0).expression();
    }

    /** The expression of a server's {@code sni}; null when it is wrong, which is told. */
    public Expression serverName(String text, Place place, String server) {
        ExpressionCompiler.Compiled compiled = new ExpressionCompiler(scope.purposed("server sni expression"))
                .compile(text, 0);
        if (compiled.error() != null) {
            findings.late(place, "[" + place + "] : 'server " + proxy.name() + "/" + server
                    + "' : error detected while parsing sni expression : " + compiled.error());
        }
        return compiled.expression();
    }

    List<StickRule> stickRules() {
        return List.copyOf(stickRules);
    }

    ProxyScope scope() {
        return scope;
    }

    public ProxyRules compile() {
        for (Phrase line : proxy.errorFiles()) {
            try {
                pages.add(line);
            } catch (ExpressionError e) {
                complain(line.place(), e, e.isUnresolved() ? "proxy '" + proxy.name() + "': " + e.getMessage() + " (at "
                        + line.place() + ")." : e.getMessage());
            }
        }
        filters.read(proxy.lines());
        for (int i = 0; i < proxy.lines().size(); i++) {
            if (i == proxy.inherited()) {
                scope.forgetAcls();
            }
            line(proxy.lines().get(i));
        }
        return new ProxyRules(set(RuleKind.CONNECTION), set(RuleKind.SESSION), set(RuleKind.CONTENT),
                set(RuleKind.RESPONSE_CONTENT), set(RuleKind.REQUEST), new RuleSet(redirects), set(RuleKind.RESPONSE),
                set(RuleKind.AFTER_RESPONSE), List.copyOf(switches), List.copyOf(servers),
                List.copyOf(conditions.get("monitor fail")), List.copyOf(conditions.get("force-persist")),
                List.copyOf(conditions.get("ignore-persist")), List.copyOf(conditions.get("force-be-switch")),
                scope.captures().layout(), pages.replies(), forwarded, filters.filters(), new RuleSet(statsRules), List.copyOf(conditions.get("stats admin")));
    }

    private RuleSet set(RuleKind kind) {
        return rules.get(kind).isEmpty() ? RuleSet.EMPTY : new RuleSet(rules.get(kind));
    }

    private void line(RuleLine line) {
        scope.patterns().at(line.place());
        RuleKind kind = RuleKind.find(line.kind());
        if (kind != null) {
            rule(kind, line, rules.get(kind));
            return;
        }
        switch (line.kind()) {
            case "acl" -> acl(line);
            case "redirect" -> redirect(line);
            case "use_backend" -> switches(line);
            case "use-server" -> useServer(line);
            case "http-error" -> httpError(line);
            case "option forwarded" -> forwarded(line);
            case "declare capture", "capture request", "capture response", "capture cookie" -> capture(line);
            case "stats http-request" -> rule(RuleKind.REQUEST, line, statsRules);
            case "monitor fail", "force-persist", "ignore-persist", "force-be-switch", "stats admin" -> {
                Condition condition = condition(line, line.args(), "error detected while parsing a '" + line.kind()
                        + "' condition : ", Point.FE_REQUEST, "");
                if (condition != null) {
                    conditions.get(line.kind()).add(condition);
                }
            }
            case "stick on", "stick match", "stick store-request", "stick store-response" -> stick(line);
            default -> { }
        }
        warnings(line.place());
    }

    private void warnings(Place place) {
        for (String warning : scope.takeWarnings()) {
            findings.warn(place, warning);
        }
    }

    private void stick(RuleLine line) {
        if (!proxy.isBackend()) {
            findings.warn(line.place(), "'stick' ignored because " + proxy.noun() + " '" + proxy.name()
                    + "' has no backend capability.");
            return;
        }
        StickRuleCompiler.Compiled compiled = new StickRuleCompiler(scope.purposed("stick rule"))
                .compile(StickRule.Use.named(line.kind().substring("stick ".length())), line.args());
        compiled.warnings().forEach(each -> findings.warn(line.place(), each));
        if (compiled.error() != null) {
            findings.alert(line.place(), compiled.error());
        } else if (compiled.lateError() != null) {
            findings.late(line.place(), compiled.lateError());
        } else {
            stickRules.add(compiled.rule());
        }
    }

    /** A message of the line's own, or one that stands alone since what it names does not exist. */
    private void complain(Place place, ExpressionError error, String message) {
        if (!error.isUnresolved()) {
            findings.alert(place, message);
        } else if (error.getMessage().startsWith("unable") && !error.getMessage().contains(" referenced by ")
                || error.getMessage().startsWith("missing")) {
            findings.late(place, "parsing [" + place + "]: " + error.getMessage() + ".");
        } else {
            findings.late(place, message);
        }
    }

    private void acl(RuleLine line) {
        List<String> warnings = new ArrayList<>();
        String name = line.args().getFirst();
        AclCompiler.Declared declared = new AclCompiler(scope.purposed("ACL expression")).declare(name, scope.acl(name),
                line.args().subList(1, line.args().size()), warnings);
        warnings.forEach(each -> findings.warn(line.place(), each));
        if (declared.acl() != null) {
            scope.declare(declared.acl());
        } else if (declared.isUnresolved()) {
            findings.late(line.place(), "parsing [" + line.place() + "]: " + declared.error() + ".");
        } else {
            findings.alert(line.place(), "error detected while parsing ACL '" + name + "' : " + declared.error() + ".");
        }
    }

    private void rule(RuleKind kind, RuleLine line, List<Rule> into) {
        String word = line.args().getFirst();
        ActionKeyword keyword = scope.names().actions().find(kind, word);
        if (word.equals("send-spoe-group") && line.args().size() < 3) {
            findings.alert(line.place(), (kind.isHttp() ? "error detected in " + proxy.noun() + " '" + proxy.name()
                    + "' while parsing '" + kind.text() + " " + word + "' rule : " : "")
                    + "expects 2 arguments: <engine-id> <group-id>" + (kind.isHttp() ? "." : ""));
            return;
        }
        if (keyword == null) {
            findings.unbuilt(line.place(), kind.text() + " " + word);
            return;
        }
        if (!experimental && (word.equals("normalize-uri") || word.equals("attach-srv"))) {
            findings.alert(line.place(), "'" + word + "' action is experimental, must be allowed via a global"
                    + " 'expose-experimental-directives'");
            return;
        }
        ActionLine words = new ActionLine(kind, scope, line.args(), line.place());
        try {
            Action action = keyword.factory().make(words);
            warnings(line.place());
            List<String> rest = line.args().subList(Math.min(words.at(), line.args().size()), line.args().size());
            Condition condition = endOf(kind, line, word, rest);
            hints.of(kind, line.place(), words);
            if (into == rules.get(kind)) {
                hints.order(kind, line.place(), word, condition == null);
            }
            if (condition == null && action instanceof Chained && !into.isEmpty()
                    && into.getLast().action() instanceof Chained before) {
                before.followed();
            }
            into.add(new Rule(condition, action, line.place()));
        } catch (ExpressionError e) {
            String text = kind.isHttp() ? "error detected in " + proxy.noun() + " '" + proxy.name()
                    + "' while parsing '" + kind.text() + " " + word + "' rule : " + e.getMessage() + "."
                    : e.getMessage();
            String whose = e.getMessage().endsWith("the filter 'cache'") ? "config: " + proxy.noun() : "Proxy";
            complain(line.place(), e, e.isUnresolved() ? whose + " '" + proxy.name() + "': " + e.getMessage() + "."
                    : text);
        }
    }

    private Condition endOf(RuleKind kind, RuleLine line, String word, List<String> rest) {
        String named = kind.text() + " " + word;
        if (rest.isEmpty() || rest.getFirst().isEmpty()) {
            return null;
        }
        String first = rest.getFirst();
        if (!first.equals("if") && !first.equals("unless")) {
            if (kind.isHttp()) {
                findings.alertTight(line.place(), "'" + named
                        + "' expects either 'if' or 'unless' followed by a condition but found '" + first + "'.");
            } else {
                findings.alert(line.place(), "'" + named + "' only accepts 'if' or 'unless', in " + proxy.noun() + " '"
                        + proxy.name() + "' (got '" + first + "')");
            }
            return null;
        }
        String prefix = kind.isHttp() ? "error detected while parsing " + kind.oneOf() + " " + word + "' condition : "
                : "'" + named + "' : error detected in " + proxy.noun() + " '" + proxy.name() + "' while parsing '"
                + first + "' condition : ";
        return condition(line, rest, prefix, kind.point(proxy.isFrontend()), kind.isHttp() ? "" : " in '" + kind.text()
                + "'");
    }

    /** What stands from the {@code if} or {@code unless} on; null after an error. */
    private Condition condition(RuleLine line, List<String> words, String prefix, Point point, String where) {
        ConditionCompiler.Compiled compiled = new ConditionCompiler(scope.purposed("condition"))
                .compile(words.subList(1, words.size()), words.getFirst().equals("unless"));
        compiled.warnings().forEach(each -> findings.warn(line.place(), each));
        if (compiled.error() != null) {
            String error = compiled.error();
            boolean unresolved = error.startsWith("unable to find");
            if (unresolved) {
                findings.late(line.place(), "parsing [" + line.place() + "]: " + error + ".");
            } else {
                boolean tcp = !where.isEmpty();
                findings.alert(line.place(), prefix + error + (tcp ? "" : "."));
            }
            return null;
        }
        for (String warning : compiled.condition().warnings(point)) {
            findings.warn(line.place(), warning.replace(" will never match", " will never match" + where));
        }
        return compiled.condition();
    }

    private void redirect(RuleLine line) {
        List<String> words = new ArrayList<>();
        words.add("redirect");
        words.addAll(line.args());
        ActionLine action = new ActionLine(RuleKind.REQUEST, scope, words, line.place());
        String context = "error detected in " + proxy.noun() + " '" + proxy.name() + "' while parsing redirect rule : ";
        try {
            Action redirect = new RedirectLine(action, false).read();
            List<String> rest = words.subList(Math.min(action.at(), words.size()), words.size());
            Condition condition = rest.isEmpty() ? null : condition(line, rest, context + "error in condition: ",
                    RuleKind.REQUEST.point(proxy.isFrontend()), "");
            redirects.add(new Rule(condition, redirect, line.place()));
        } catch (ExpressionError e) {
            complain(line.place(), e, context + e.getMessage() + ".");
        }
    }

    private void switches(RuleLine line) {
        List<String> args = line.args();
        Condition condition = args.size() < 2 ? null : condition(line, args.subList(1, args.size()),
                "error detected while parsing switching rule : ", Point.FE_SWITCH, "");
        try {
            Text name = scope.texts().compile(args.getFirst(), Point.FE_SWITCH, "use_backend");
            switches.add(new SwitchRule(condition, name, line.place()));
        } catch (ExpressionError e) {
            findings.late(line.place(), "Parsing [" + line.place() + "]: failed to parse use_backend rule '"
                    + args.getFirst() + "' : " + e.getMessage() + ".");
        }
    }

    private void useServer(RuleLine line) {
        List<String> args = line.args();
        if (!proxy.isBackend()) {
            findings.warn(line.place(), "'use-server' ignored because " + proxy.noun() + " '" + proxy.name()
                    + "' has no backend capability.");
            return;
        }
        if (args.size() < 2) {
            findings.alert(line.place(), "'use-server' requires either 'if' or 'unless' followed by a condition.");
            return;
        }
        Condition condition = condition(line, args.subList(1, args.size()),
                "error detected while parsing switching rule : ", Point.BE_SELECT, "");
        String name = args.getFirst();
        if (name.indexOf('%') < 0 && scope.server(proxy.name(), name) == null) {
            findings.late(line.place(), proxy.noun() + " '" + proxy.name() + "' : unable to find server '" + name
                    + "' referenced in a 'use-server' rule.");
            return;
        }
        try {
            servers.add(new SwitchRule(condition, scope.texts().compile(name, Point.BE_SELECT, "use-server"),
                    line.place()));
        } catch (ExpressionError e) {
            findings.late(line.place(), "Parsing [" + line.place() + "]; use-server rule failed to parse log-format '"
                    + name + "' : " + e.getMessage() + ".");
        }
    }

    private void httpError(RuleLine line) {
        List<String> words = new ArrayList<>();
        words.add("http-error");
        words.addAll(line.args());
        ActionLine action = new ActionLine(RuleKind.REQUEST, scope, words, line.place());
        ReplyLine reply = new ReplyLine(action, 0);
        try {
            var made = reply.read();
            if (action.hasMore()) {
                throw new ExpressionError("unknown keyword '" + action.peek() + "'");
            }
            if (!ErrorPageLines.isKnown(reply.status())) {
                throw new ExpressionError("status code '" + reply.status() + "' not handled.");
            }
            pages.set(reply.status(), made);
        } catch (ExpressionError e) {
            complain(line.place(), e, "http-error: " + e.getMessage());
        }
    }

    private void forwarded(RuleLine line) {
        forwarded = null;
        if (line.args().getFirst().equals("no") || !proxy.isBackend()) {
            return;
        }
        try {
            forwarded = new ForwardedLine(new ActionLine(RuleKind.REQUEST, scope, line.args(), line.place())).read();
        } catch (ExpressionError e) {
            complain(line.place(), e, "option forwarded: " + e.getMessage());
        }
    }

    private void capture(RuleLine line) {
        String error = new CaptureLine(scope.captures(), scope.cookieLength()).read(line);
        if (error != null) {
            findings.alert(line.place(), error);
        }
    }
}
