package dev.weir.admin.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The families of metrics that Prometheus gets, in HAProxy's order: for each its name without the prefix, its kind, and the
 * field or column that it shows. Stateless.
 */
final class PrometheusFamilies {

    /** How a value is written. */
    enum Form {
        PLAIN,
        /** Milliseconds as seconds. */
        SECONDS,
        /** Nothing rather than NaN where there is no value; 0 for want of a code. */
        CHECK,
        /** A line for each state. */
        PROXY_STATE, LISTENER_STATE, SERVER_STATE, CHECK_STATE, STATE_COUNTS, CHECK_COUNTS,
        /** Only of proxies that speak HTTP. */
        HTTP, HTTP_CODE
    }

    /** A family, or one of the parts that it has by code. */
    record Family(String name, boolean counter, Metric metric, Form form, String code, String help) {}

    /** A family of the process's. */
    record Global(String name, boolean counter, String field) {}

    private static final String PROCESS = """
            nbthread=Nbthread nbproc=Nbproc relative_process_id=Process_num uptime_seconds=Uptime_sec \
            pool_failures_total=PoolFailed max_fds=Ulimit-n max_sockets=Maxsock max_connections=Maxconn \
            hard_max_connections=Hard_maxconn current_connections=CurrConns connections_total=CumConns \
            requests_total=CumReq max_ssl_connections=MaxSslConns current_ssl_connections=CurrSslConns \
            ssl_connections_total=CumSslConns max_pipes=Maxpipes pipes_used_total=PipesUsed \
            pipes_free_total=PipesFree current_connection_rate=ConnRate limit_connection_rate=ConnRateLimit \
            max_connection_rate=MaxConnRate current_session_rate=SessRate limit_session_rate=SessRateLimit \
            max_session_rate=MaxSessRate current_ssl_rate=SslRate limit_ssl_rate=SslRateLimit \
            max_ssl_rate=MaxSslRate current_frontend_ssl_key_rate=SslFrontendKeyRate \
            max_frontend_ssl_key_rate=SslFrontendMaxKeyRate frontend_ssl_reuse=SslFrontendSessionReuse_pct \
            current_backend_ssl_key_rate=SslBackendKeyRate max_backend_ssl_key_rate=SslBackendMaxKeyRate \
            ssl_cache_lookups_total=SslCacheLookups ssl_cache_misses_total=SslCacheMisses \
            http_comp_bytes_in_total=CompressBpsIn http_comp_bytes_out_total=CompressBpsOut \
            limit_http_comp=CompressBpsRateLim current_zlib_memory=ZlibMemUsage max_zlib_memory=MaxZlibMemUsage \
            current_tasks=Tasks current_run_queue=Run_queue idle_time_percent=Idle_pct node=node \
            description=description stopping=Stopping jobs=Jobs unstoppable_jobs=Unstoppable_Jobs \
            listeners=Listeners active_peers=ActivePeers connected_peers=ConnectedPeers \
            dropped_logs_total=DroppedLogs busy_polling_enabled=BusyPolling +failed_resolutions=FailedResolutions \
            bytes_out_total=TotalBytesOut spliced_bytes_out_total=TotalSplicedBytesOut \
            bytes_out_rate=BytesOutRate recv_logs_total=CumRecvLogs build_info=Version \
            max_memory_bytes=Memmax_bytes pool_allocated_bytes=PoolAlloc_bytes pool_used_bytes=PoolUsed_bytes \
            start_time_seconds=Start_time_sec +total_warnings=TotalWarnings -patterns_added_total=PatternsAdded \
            -patterns_freed_total=PatternsFreed nb_thread_groups=NbThreadGroups""";

    private static final String FRONTEND = """
            current_sessions=scur max_sessions=smax limit_sessions=slim sessions_total=stot bytes_in_total=bin \
            bytes_out_total=bout requests_denied_total=dreq responses_denied_total=dresp \
            request_errors_total=ereq status=status:proxy_state current_session_rate=rate \
            +limit_session_rate=rate_lim max_session_rate=rate_max http_responses_total=hrsp \
            http_requests_rate_max=req_rate_max:http http_requests_total=req_tot:http \
            http_comp_bytes_in_total=comp_in:http http_comp_bytes_out_total=comp_out:http \
            http_comp_bytes_bypassed_total=comp_byp:http http_comp_responses_total=comp_rsp:http \
            connections_rate_max=conn_rate_max connections_total=conn_tot \
            intercepted_requests_total=intercepted:http denied_connections_total=dcon denied_sessions_total=dses \
            failed_header_rewriting_total=wrew http_cache_lookups_total=cache_lookups:http \
            http_cache_hits_total=cache_hits:http internal_errors_total=eint req_bytes_in_total=reqbin \
            req_bytes_out_total=reqbout res_bytes_in_total=resbin res_bytes_out_total=resbout \
            http_cache_hint_hits_total=cache_hint_hits:http""";

    private static final String LISTENER = """
            current_sessions=scur max_sessions=smax limit_sessions=slim sessions_total=stot bytes_in_total=bin \
            bytes_out_total=bout requests_denied_total=dreq responses_denied_total=dresp \
            request_errors_total=ereq status=status:listener_state denied_connections_total=dcon \
            denied_sessions_total=dses failed_header_rewriting_total=wrew internal_errors_total=eint \
            req_bytes_in_total=reqbin req_bytes_out_total=reqbout res_bytes_in_total=resbin \
            res_bytes_out_total=resbout""";

    private static final String BACKEND = """
            current_queue=qcur max_queue=qmax current_sessions=scur max_sessions=smax limit_sessions=slim \
            sessions_total=stot bytes_in_total=bin bytes_out_total=bout requests_denied_total=dreq \
            responses_denied_total=dresp connection_errors_total=econ response_errors_total=eresp \
            retry_warnings_total=wretr redispatch_warnings_total=wredis status=status:proxy_state weight=weight \
            active_servers=act backup_servers=bck check_up_down_total=chkdown \
            check_last_change_seconds=lastchg downtime_seconds_total=downtime loadbalanced_total=lbtot \
            current_session_rate=rate max_session_rate=rate_max http_responses_total=hrsp \
            http_requests_total=req_tot:http client_aborts_total=cli_abrt server_aborts_total=srv_abrt \
            http_comp_bytes_in_total=comp_in:http http_comp_bytes_out_total=comp_out:http \
            http_comp_bytes_bypassed_total=comp_byp:http http_comp_responses_total=comp_rsp:http \
            last_session_seconds=lastsess queue_time_average_seconds=qtime:seconds \
            connect_time_average_seconds=ctime:seconds response_time_average_seconds=rtime:seconds \
            total_time_average_seconds=ttime:seconds failed_header_rewriting_total=wrew \
            connection_attempts_total=connect connection_reuses_total=reuse \
            http_cache_lookups_total=cache_lookups:http http_cache_hits_total=cache_hits:http \
            max_queue_time_seconds=qtime_max:seconds max_connect_time_seconds=ctime_max:seconds \
            max_response_time_seconds=rtime_max:seconds max_total_time_seconds=ttime_max:seconds \
            internal_errors_total=eint uweight=uweight agg_server_status=agg_server_status:state_counts \
            agg_server_check_status=agg_server_check_status:state_counts \
            agg_check_status=agg_check_status:check_counts req_bytes_in_total=reqbin req_bytes_out_total=reqbout \
            res_bytes_in_total=resbin res_bytes_out_total=resbout http_cache_hint_hits_total=cache_hint_hits:http""";

    private static final String SERVER = """
            current_queue=qcur max_queue=qmax current_sessions=scur max_sessions=smax limit_sessions=slim \
            sessions_total=stot bytes_in_total=bin bytes_out_total=bout responses_denied_total=dresp \
            connection_errors_total=econ response_errors_total=eresp retry_warnings_total=wretr \
            redispatch_warnings_total=wredis status=status:server_state weight=weight active=act backup=bck \
            check_failures_total=chkfail check_up_down_total=chkdown check_last_change_seconds=lastchg \
            downtime_seconds_total=downtime queue_limit=qlimit current_throttle=throttle \
            loadbalanced_total=lbtot current_session_rate=rate max_session_rate=rate_max \
            check_status=check_status:check_state check_code=check_code:check \
            check_duration_seconds=check_duration:check http_responses_total=hrsp \
            http_requests_total=req_tot:http client_aborts_total=cli_abrt server_aborts_total=srv_abrt \
            last_session_seconds=lastsess queue_time_average_seconds=qtime:seconds \
            connect_time_average_seconds=ctime:seconds response_time_average_seconds=rtime:seconds \
            total_time_average_seconds=ttime:seconds failed_header_rewriting_total=wrew \
            connection_attempts_total=connect connection_reuses_total=reuse idle_connections_current=srv_icur \
            idle_connections_limit=src_ilim max_queue_time_seconds=qtime_max:seconds \
            max_connect_time_seconds=ctime_max:seconds max_response_time_seconds=rtime_max:seconds \
            max_total_time_seconds=ttime_max:seconds agent_status=agent_status:check_state \
            agent_code=agent_code:check agent_duration_seconds=agent_duration:check internal_errors_total=eint \
            unsafe_idle_connections_current=idle_conn_cur safe_idle_connections_current=safe_conn_cur \
            used_connections_current=used_conn_cur need_connections_current=need_conn_est uweight=uweight \
            private_idle_connections_current=priv_idle_cur req_bytes_in_total=reqbin \
            req_bytes_out_total=reqbout res_bytes_in_total=resbin res_bytes_out_total=resbout""";

    static final List<Global> GLOBAL = global();
    private static final List<List<Family>> BY_KIND = List.of(families(FRONTEND), families(BACKEND), families(SERVER),
            families(LISTENER));

    private PrometheusFamilies() {}

    /** In the order of the kinds of rows. */
    static List<Family> of(RowKind kind) {
        return BY_KIND.get(kind.ordinal());
    }

    /** A name that ends so counts, unless its mark says otherwise. */
    private static boolean counts(String marked) {
        return marked.startsWith("+") || marked.endsWith("_total") && !marked.startsWith("-");
    }

    private static String bare(String marked) {
        return marked.startsWith("+") || marked.startsWith("-") ? marked.substring(1) : marked;
    }

    private static List<Global> global() {
        List<Global> all = new ArrayList<>();
        for (String word : PROCESS.split(" ")) {
            int equals = word.indexOf('=');
            String name = word.substring(0, equals);
            all.add(new Global(bare(name), counts(name), word.substring(equals + 1)));
        }
        return List.copyOf(all);
    }

    private static List<Family> families(String table) {
        List<Family> all = new ArrayList<>();
        for (String word : table.split(" ")) {
            int equals = word.indexOf('=');
            String name = word.substring(0, equals);
            int colon = word.indexOf(':');
            String column = word.substring(equals + 1, colon < 0 ? word.length() : colon);
            if (column.equals("hrsp")) {
                for (String code : new String[] {"1xx", "2xx", "3xx", "4xx", "5xx", "other"}) {
                    all.add(new Family(name, true, metric("hrsp_" + code), Form.HTTP_CODE, code, "Responses by code"));
                }
            } else {
                Metric metric = metric(column);
                all.add(new Family(bare(name), counts(name), metric, colon < 0 ? Form.PLAIN
                        : Form.valueOf(word.substring(colon + 1).toUpperCase(Locale.ROOT)), null,
                        metric.description()));
            }
        }
        return List.copyOf(all);
    }

    private static Metric metric(String column) {
        return Metric.valueOf(column.toUpperCase(Locale.ROOT));
    }
}
