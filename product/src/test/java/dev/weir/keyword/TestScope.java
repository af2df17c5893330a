package dev.weir.keyword;

import dev.weir.flow.expr.Acl;
import dev.weir.flow.expr.ExpressionScope;
import dev.weir.flow.expr.ProxyFacts;
import dev.weir.flow.expr.ServerFacts;
import dev.weir.flow.expr.Users;
import dev.weir.flow.expr.Vocabulary;
import dev.weir.keyword.convert.Converters;
import dev.weir.keyword.fetch.Fetches;
import dev.weir.model.pattern.PatternReferences;
import dev.weir.model.pattern.Pcre2;
import dev.weir.model.pattern.RegexCompiler;
import dev.weir.model.stick.KeyType;
import dev.weir.model.stick.StickTable;
import dev.weir.model.stick.StickTables;
import dev.weir.model.stick.TestTables;
import dev.weir.model.value.VariableNames;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The configuration that rows were asked in: frontend f, backend b1 with server s1 up and s2 disabled, userlist ul with
 * bob (password pw, group g1) and al (pw2). Tables by their types: tip, tint, tbin, tstr.
 */
public final class TestScope implements ExpressionScope {

    private final VariableNames names = new VariableNames();
    private final PatternReferences patterns = new PatternReferences();
    private final Vocabulary vocabulary = new Vocabulary();
    public final Map<String, Acl> acls = new HashMap<>();
    public final StickTables tables = new StickTables();
    public String purpose = "http-request expression";

    public TestScope() {
        Fetches.addTo(vocabulary);
        Converters.addTo(vocabulary);
        tables.keep(TestTables.spec("tip", KeyType.IPV4, 0, 1024, 60_000, "conn_cnt gpc0 gpc0_rate(,1000)"), 0);
        tables.keep(TestTables.spec("tint", KeyType.INTEGER, 0, 1024, 0, "conn_cnt gpc(2)"), 0);
        tables.keep(TestTables.spec("tbin", KeyType.BINARY, 0, 1024, 0, "conn_cnt"), 0);
        tables.keep(TestTables.spec("tstr", KeyType.STRING, 0, 1024, 0, "conn_cnt"), 0);
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public VariableNames variables() {
        return names;
    }

    @Override
    public PatternReferences patterns() {
        return patterns;
    }

    @Override
    public RegexCompiler regexes() {
        return Pcre2.system();
    }

    @Override
    public String proxyName() {
        return "f";
    }

    @Override
    public String purpose() {
        return purpose;
    }

    @Override
    public ProxyFacts frontend(String name) {
        return name.equals("f") ? new TestProxy("f", 1) : null;
    }

    @Override
    public ProxyFacts backend(String name) {
        return name.equals("b1") ? new TestProxy("b1", 1) : null;
    }

    @Override
    public ServerFacts server(String backend, String name) {
        return backend.equals("b1") && (name.equals("s1") || name.equals("s2")) ? new TestServer(name) : null;
    }

    @Override
    public Users users(String name) {
        return name.equals("ul") ? new TestUsers() : null;
    }

    @Override
    public StickTable table(String name) {
        return tables.find(name);
    }

    @Override
    public Acl acl(String name) {
        return acls.get(name);
    }

    @Override
    public String environment(String name) {
        return name.equals("HOME") ? "/root" : null;
    }

    private record TestProxy(String title, long number) implements ProxyFacts {

        @Override
        public byte[] name() {
            return title.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public long number(Number which) {
            return switch (which) {
                case ID -> 3;
                case USABLE_SERVERS, CONNECTIONS -> number;
                default -> 0;
            };
        }

        @Override
        public byte[] defaultBackend() {
            return "b1".getBytes(StandardCharsets.US_ASCII);
        }
    }

    private record TestServer(String title) implements ServerFacts {

        @Override
        public byte[] name() {
            return title.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public long number(Number which) {
            return switch (which) {
                case UP -> title.equals("s1") ? 1 : 0;
                case ID, WEIGHT -> 1;
                default -> 0;
            };
        }
    }

    private static final class TestUsers implements Users {

        @Override
        public boolean accept(byte[] text, int nameAt, int nameLength, int passwordAt, int passwordLength) {
            String name = new String(text, nameAt, nameLength, StandardCharsets.ISO_8859_1);
            String password = new String(text, passwordAt, passwordLength, StandardCharsets.ISO_8859_1);
            return name.equals("bob") && password.equals("pw") || name.equals("al") && password.equals("pw2");
        }

        @Override
        public boolean hasGroup(String group) {
            return group.equals("g1");
        }

        @Override
        public boolean isMember(byte[] name, int at, int length, String group) {
            return new String(name, at, length, StandardCharsets.ISO_8859_1).equals("bob") && group.equals("g1");
        }
    }
}
