package dev.weir.config.rule;

import dev.weir.flow.cache.HttpCache;
import dev.weir.flow.expr.Acl;
import dev.weir.flow.expr.ExpressionScope;
import dev.weir.flow.expr.ProxyFacts;
import dev.weir.flow.expr.ServerFacts;
import dev.weir.flow.expr.TokenKeys;
import dev.weir.flow.expr.Users;
import dev.weir.flow.expr.Vocabulary;
import dev.weir.flow.filter.BandwidthLimit;
import dev.weir.flow.rule.NameLookups;
import dev.weir.flow.rule.Service;
import dev.weir.model.pattern.PatternReferences;
import dev.weir.model.pattern.RegexCompiler;
import dev.weir.model.stick.StickTable;
import dev.weir.model.value.VariableNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the rules of one proxy can name: the names of all, its own ACLs as far as they are declared, its capture slots. */
public final class ProxyScope implements ExpressionScope {

    private final Names names;
    private final String name;
    private final boolean frontend;
    private final boolean backend;
    private final Map<String, Acl> acls;
    private final CaptureSlots captures;
    private final Texts texts;
    private final ErrorPageLines pages;
    private final List<String> warnings = new ArrayList<>();
    private String purpose = "";
    private FilterLines filters;

    ProxyScope(Names names, String name, boolean frontend, boolean backend, ErrorPageLines pages) {
        this(names, name, frontend, backend, new HashMap<>(), new CaptureSlots(), pages);
    }

    private ProxyScope(Names names, String name, boolean frontend, boolean backend, Map<String, Acl> acls,
            CaptureSlots captures, ErrorPageLines pages) {
        this.names = names;
        this.name = name;
        this.frontend = frontend;
        this.backend = backend;
        this.acls = acls;
        this.captures = captures;
        this.pages = pages;
        this.texts = new Texts(this);
    }

    /** The same for expressions of another sort of line, as messages name it. */
    ProxyScope purposed(String what) {
        ProxyScope other = new ProxyScope(names, name, frontend, backend, acls, captures, pages);
        other.purpose = what;
        return other;
    }

    Names names() {
        return names;
    }

    public Texts texts() {
        return texts;
    }

    public boolean isFrontend() {
        return frontend;
    }

    public boolean isBackend() {
        return backend;
    }

    /** The most that is captured of a cookie. */
    int cookieLength() {
        return names.cookieLength();
    }

    public CaptureSlots captures() {
        return captures;
    }

    /** The proxy's own error pages, for replies that are made of them. */
    public ErrorPageLines pages() {
        return pages;
    }

    void filters(FilterLines lines) {
        filters = lines;
    }

    /** The cache of that name, or null. */
    public HttpCache cache(String called) {
        return names.caches().get(called);
    }

    /** The service of that name, or null. */
    public Service service(String called) {
        return names.services().find(called);
    }

    /** Whether there is a resolvers section of that name. */
    public boolean hasResolvers(String called) {
        return names.resolvers().contains(called);
    }

    public NameLookups lookups() {
        return names.services().names();
    }

    /** The bandwidth limit that a filter of the proxy declares under that name, or null. */
    public BandwidthLimit bandwidthLimit(String called) {
        return filters == null ? null : filters.limit(called);
    }

    /** For the line that is being read. */
    public void warn(String message) {
        warnings.add(message);
    }

    List<String> takeWarnings() {
        List<String> taken = List.copyOf(warnings);
        warnings.clear();
        return taken;
    }

    void declare(Acl acl) {
        acls.put(acl.name(), acl);
    }

    /** The ACLs of a defaults section are its own. */
    void forgetAcls() {
        acls.clear();
    }

    @Override
    public Vocabulary vocabulary() {
        return names.vocabulary();
    }

    @Override
    public VariableNames variables() {
        return names.variables();
    }

    @Override
    public PatternReferences patterns() {
        return names.patterns();
    }

    @Override
    public RegexCompiler regexes() {
        return names.regexes();
    }

    @Override
    public String proxyName() {
        return name;
    }

    @Override
    public String purpose() {
        return purpose;
    }

    @Override
    public ProxyFacts frontend(String other) {
        return names.views().frontend(other);
    }

    @Override
    public ProxyFacts backend(String other) {
        return names.views().backend(other);
    }

    @Override
    public ServerFacts server(String ofBackend, String server) {
        return names.views().server(ofBackend, server);
    }

    @Override
    public Users users(String list) {
        return names.users().get(list);
    }

    @Override
    public StickTable table(String known) {
        return names.tables().find(known);
    }

    @Override
    public int stickCounters() {
        return names.stickCounters();
    }

    @Override
    public Acl acl(String known) {
        return acls.get(known);
    }

    @Override
    public boolean hasRing(String called) {
        return names.rings().contains(called);
    }

    @Override
    public String global(String word) {
        return names.tokens().lists().get(word);
    }

    @Override
    public Map<String, TokenKeys> tokenKeys() {
        return names.tokens().keys();
    }

    @Override
    public String environment(String variable) {
        return names.environment().get(variable);
    }
}
