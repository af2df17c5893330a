package dev.weir.admin.stats;

/**
 * The columns of {@code show stat}, in the order that is a contract with every tool that reads it (inventory 5.2): one
 * descriptor each, from which all formats are made. The ordinal is the column. Immutable.
 */
public enum Metric {
    PXNAME("pxname", "KNSV", Type.STR, "LFBS", "Name of the proxy"),
    SVNAME("svname", "KNSV", Type.STR, "LFBS", "Name of the frontend, backend, server or listener"),
    QCUR("qcur", "MGPV", Type.U32, "..BS", "Requests in the queue now"),
    QMAX("qmax", "MMPV", Type.U32, "..BS", "Most requests ever in the queue"),
    SCUR("scur", "MGPV", Type.U32, "LFBS", "Sessions now"),
    SMAX("smax", "MMPV", Type.U32, "LFBS", "Most sessions at one time"),
    SLIM("slim", "CLPV", Type.U32, "LFBS", "Sessions allowed"),
    STOT("stot", "MCPP", Type.U64, "LFBS", "Sessions so far"),
    BIN("bin", "MCPP", Type.U64, "LFBS", "Bytes received"),
    BOUT("bout", "MCPP", Type.U64, "LFBS", "Bytes sent"),
    DREQ("dreq", "MCPP", Type.U64, "LFB.", "Requests denied"),
    DRESP("dresp", "MCPP", Type.U64, "LFBS", "Responses denied"),
    EREQ("ereq", "MCPP", Type.U64, "LF..", "Requests that were invalid"),
    ECON("econ", "MCPP", Type.U64, "..BS", "Connections to servers that failed"),
    ERESP("eresp", "MCPP", Type.U64, "..BS", "Responses that were invalid"),
    WRETR("wretr", "MCPP", Type.U64, "..BS", "Connections tried again"),
    WREDIS("wredis", "MCPP", Type.U64, "..BS", "Requests sent to another server"),
    STATUS("status", "SGPV", Type.STR, "LFBS", "State"),
    WEIGHT("weight", "MaPV", Type.U32, "..BS", "Effective weight"),
    ACT("act", "SGPV", Type.U32, "..BS", "Active servers"),
    BCK("bck", "SGPV", Type.U32, "..BS", "Backup servers"),
    CHKFAIL("chkfail", "MCPP", Type.U64, "...S", "Failed health checks"),
    CHKDOWN("chkdown", "MCPP", Type.U64, "..BS", "Changes from up to down"),
    LASTCHG("lastchg", "MAPP", Type.U32, "..BS", "Seconds since the last change of state"),
    DOWNTIME("downtime", "MCPV", Type.U32, "..BS", "Seconds spent down"),
    QLIMIT("qlimit", "CLPV", Type.U32, "...S", "Queue length allowed"),
    PID("pid", "KGPV", Type.U32, "LFBS", "Number of the process"),
    IID("iid", "KGSV", Type.U32, "LFBS", "Number of the proxy"),
    SID("sid", "KGSV", Type.U32, "LFBS", "Number of the server or listener"),
    THROTTLE("throttle", "MaPV", Type.U32, "...S", "Percentage of the limit during slow start"),
    LBTOT("lbtot", "MCPP", Type.U64, "..BS", "Times chosen by load balancing"),
    TRACKED("tracked", "CNSV", Type.STR, "...S", "Server whose state is followed"),
    TYPE("type", "CGSV", Type.U32, "LFBS", "Kind of row"),
    RATE("rate", "MRPP", Type.U32, ".FBS", "Sessions in the last second"),
    RATE_LIM("rate_lim", "CLPV", Type.U32, ".F..", "Sessions allowed per second"),
    RATE_MAX("rate_max", "MMPV", Type.U32, ".FBS", "Most sessions in one second"),
    CHECK_STATUS("check_status", "MOPV", Type.STR, "...S", "Result of the last health check"),
    CHECK_CODE("check_code", "MOPV", Type.U32, "...S", "Code of the last health check"),
    CHECK_DURATION("check_duration", "MDPV", Type.U64, "...S", "Milliseconds that the last health check took"),
    HRSP_1XX("hrsp_1xx", "MCPP", Type.U64, ".FBS", "Responses 1xx"),
    HRSP_2XX("hrsp_2xx", "MCPP", Type.U64, ".FBS", "Responses 2xx"),
    HRSP_3XX("hrsp_3xx", "MCPP", Type.U64, ".FBS", "Responses 3xx"),
    HRSP_4XX("hrsp_4xx", "MCPP", Type.U64, ".FBS", "Responses 4xx"),
    HRSP_5XX("hrsp_5xx", "MCPP", Type.U64, ".FBS", "Responses 5xx"),
    HRSP_OTHER("hrsp_other", "MCPP", Type.U64, ".FBS", "Responses of other codes"),
    HANAFAIL("hanafail", "MCPP", Type.U64, "...S", "Details of failed health checks"),
    REQ_RATE("req_rate", "MRPP", Type.U32, ".F..", "Requests in the last second"),
    REQ_RATE_MAX("req_rate_max", "MMPV", Type.U32, ".F..", "Most requests in one second"),
    REQ_TOT("req_tot", "MCPP", Type.U64, ".FBS", "Requests so far"),
    CLI_ABRT("cli_abrt", "MCPP", Type.U64, "..BS", "Transfers aborted by the client"),
    SRV_ABRT("srv_abrt", "MCPP", Type.U64, "..BS", "Transfers aborted by the server"),
    COMP_IN("comp_in", "MCPP", Type.U64, ".FB.", "Bytes given to the compressor"),
    COMP_OUT("comp_out", "MCPP", Type.U64, ".FB.", "Bytes that the compressor gave"),
    COMP_BYP("comp_byp", "MCPP", Type.U64, ".FB.", "Bytes that were not compressed"),
    COMP_RSP("comp_rsp", "MCPP", Type.U64, ".FB.", "Responses compressed"),
    LASTSESS("lastsess", "MAPP", Type.S32, "..BS", "Seconds since the last session"),
    LAST_CHK("last_chk", "MOPV", Type.STR, "...S", "What the last health check got"),
    LAST_AGT("last_agt", "MOPV", Type.STR, "...S", "What the last agent check got"),
    QTIME("qtime", "MaPV", Type.U32, "..BS", "Average milliseconds in the queue"),
    CTIME("ctime", "MaPV", Type.U32, "..BS", "Average milliseconds to connect"),
    RTIME("rtime", "MaPV", Type.U32, "..BS", "Average milliseconds to the response"),
    TTIME("ttime", "MaPV", Type.U32, "..BS", "Average milliseconds of a session"),
    AGENT_STATUS("agent_status", "MOPV", Type.STR, "...S", "Result of the last agent check"),
    AGENT_CODE("agent_code", "MOPV", Type.U32, "...S", "Code of the last agent check"),
    AGENT_DURATION("agent_duration", "MDPV", Type.U64, "...S", "Milliseconds that the last agent check took"),
    CHECK_DESC("check_desc", "MOPV", Type.STR, "...S", "Meaning of the health check result"),
    AGENT_DESC("agent_desc", "MOPV", Type.STR, "...S", "Meaning of the agent check result"),
    CHECK_RISE("check_rise", "CGSV", Type.U32, "...S", "Health checks to come up"),
    CHECK_FALL("check_fall", "CGSV", Type.U32, "...S", "Health checks to go down"),
    CHECK_HEALTH("check_health", "CGSV", Type.U32, "...S", "Health value"),
    AGENT_RISE("agent_rise", "CGSV", Type.U32, "...S", "Agent checks to come up"),
    AGENT_FALL("agent_fall", "CGSV", Type.U32, "...S", "Agent checks to go down"),
    AGENT_HEALTH("agent_health", "CGSV", Type.U32, "...S", "Agent value"),
    ADDR("addr", "CGSV", Type.STR, "L..S", "Address and port"),
    COOKIE("cookie", "CNSV", Type.STR, "..BS", "Cookie value or name"),
    MODE("mode", "CGSV", Type.STR, "LFBS", "Mode"),
    ALGO("algo", "CGSV", Type.STR, "..B.", "Load balancing algorithm"),
    CONN_RATE("conn_rate", "MRPP", Type.U32, ".F..", "Connections in the last second"),
    CONN_RATE_MAX("conn_rate_max", "MMPV", Type.U32, ".F..", "Most connections in one second"),
    CONN_TOT("conn_tot", "MCPP", Type.U64, ".F..", "Connections so far"),
    INTERCEPTED("intercepted", "MCPP", Type.U64, ".FB.", "Requests answered here"),
    DCON("dcon", "MCPP", Type.U64, "LF..", "Connections denied"),
    DSES("dses", "MCPP", Type.U64, "LF..", "Sessions denied"),
    WREW("wrew", "MCPP", Type.U64, "LFBS", "Header changes that failed"),
    CONNECT("connect", "MCPP", Type.U64, "..BS", "Connections tried"),
    REUSE("reuse", "MCPP", Type.U64, "..BS", "Connections reused"),
    CACHE_LOOKUPS("cache_lookups", "MCPP", Type.U64, ".FB.", "Cache lookups"),
    CACHE_HITS("cache_hits", "MCPP", Type.U64, ".FB.", "Cache hits"),
    SRV_ICUR("srv_icur", "MGPV", Type.U32, "...S", "Idle connections now"),
    SRC_ILIM("src_ilim", "CLPV", Type.U32, "...S", "Idle connections allowed"),
    QTIME_MAX("qtime_max", "MMPV", Type.U32, "..BS", "Most milliseconds in the queue"),
    CTIME_MAX("ctime_max", "MMPV", Type.U32, "..BS", "Most milliseconds to connect"),
    RTIME_MAX("rtime_max", "MMPV", Type.U32, "..BS", "Most milliseconds to the response"),
    TTIME_MAX("ttime_max", "MMPV", Type.U32, "..BS", "Most milliseconds of a session"),
    EINT("eint", "MCPP", Type.U64, "LFBS", "Internal errors"),
    IDLE_CONN_CUR("idle_conn_cur", "MGPV", Type.U32, "...S", "Idle connections that are not safe to reuse"),
    SAFE_CONN_CUR("safe_conn_cur", "MGPV", Type.U32, "...S", "Idle connections that are safe to reuse"),
    USED_CONN_CUR("used_conn_cur", "MGPV", Type.U32, "...S", "Connections in use"),
    NEED_CONN_EST("need_conn_est", "MGPV", Type.U32, "...S", "Connections that are estimated to be needed"),
    UWEIGHT("uweight", "MaPV", Type.U32, "..BS", "Configured weight"),
    AGG_SERVER_STATUS("agg_server_status", "MGPV", Type.U32, "..B.", "State of the servers together"),
    AGG_SERVER_CHECK_STATUS("agg_server_check_status", "MGPV", Type.U32, "..B.", "State of the servers together, old name"),
    AGG_CHECK_STATUS("agg_check_status", "MGPV", Type.U32, "..B.", "Health of the servers together"),
    SRID("srid", "MCPV", Type.U32, "...S", "Revision of the server number"),
    SESS_OTHER("sess_other", "MCPV", Type.U64, ".F..", "Sessions of other protocols"),
    H1SESS("h1sess", "MCPP", Type.U64, ".F..", "Sessions of HTTP/1"),
    H2SESS("h2sess", "MCPP", Type.U64, ".F..", "Sessions of HTTP/2"),
    H3SESS("h3sess", "MCPP", Type.U64, ".F..", "Sessions of HTTP/3"),
    REQ_OTHER("req_other", "MCPP", Type.U64, ".F..", "Requests of other protocols"),
    H1REQ("h1req", "MCPP", Type.U64, ".F..", "Requests of HTTP/1"),
    H2REQ("h2req", "MCPP", Type.U64, ".F..", "Requests of HTTP/2"),
    H3REQ("h3req", "MCPP", Type.U64, ".F..", "Requests of HTTP/3"),
    PROTO("proto", "SGPV", Type.STR, "L...", "Protocol"),
    PRIV_IDLE_CUR("priv_idle_cur", "MGPV", Type.U32, "...S", "Private idle connections now"),
    REQBIN("reqbin", "MCPP", Type.U64, "LFBS", "Request bytes received"),
    REQBOUT("reqbout", "MCPP", Type.U64, "LFBS", "Request bytes sent"),
    RESBIN("resbin", "MCPP", Type.U64, "LFBS", "Response bytes received"),
    RESBOUT("resbout", "MCPP", Type.U64, "LFBS", "Response bytes sent"),
    CACHE_HINT_HITS("cache_hint_hits", "MCPP", Type.U64, ".FB.", "Cache hits that served early hints");

    /** What a value is, as {@code typed} and {@code json} name it. */
    public enum Type { U32, S32, U64, STR }

    private static final Metric[] ALL = values();

    private final String title;
    private final String tags;
    private final Type type;
    private final String scopes;
    private final String description;

    Metric(String title, String tags, Type type, String scopes, String description) {
        this.title = title;
        this.tags = tags;
        this.type = type;
        this.scopes = scopes;
        this.description = description;
    }

    /** All in order, without a copy: not to be written to. */
    static Metric[] all() {
        return ALL;
    }

    /** The name in the header line. */
    public String title() {
        return title;
    }

    /** Origin, nature, scope and persistence, a letter each (management.txt, typed output). */
    public String tags() {
        return tags;
    }

    public Type type() {
        return type;
    }

    public boolean isText() {
        return type == Type.STR;
    }

    /** Whether rows of this kind have it. */
    public boolean isFor(RowKind kind) {
        return scopes.indexOf(kind.letter()) >= 0;
    }

    public String description() {
        return description;
    }
}
