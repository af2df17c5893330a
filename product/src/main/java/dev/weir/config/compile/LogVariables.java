package dev.weir.config.compile;

import dev.weir.config.lang.Environment;
import dev.weir.flow.expr.LogFormats;

/** The built-in log formats as environment variables, which configurations build their own on (manual 2.3). */
public final class LogVariables {

    private LogVariables() {}

    static void define(Environment environment) {
        environment.set("HAPROXY_HTTP_LOG_FMT", LogFormats.HTTP);
        environment.set("HAPROXY_HTTP_CLF_LOG_FMT", LogFormats.HTTP_CLF);
        environment.set("HAPROXY_HTTPS_LOG_FMT", LogFormats.HTTPS);
        environment.set("HAPROXY_TCP_LOG_FMT", LogFormats.TCP);
        environment.set("HAPROXY_TCP_CLF_LOG_FMT", LogFormats.TCP_CLF);
        environment.set("HAPROXY_KEYLOG_FC_LOG_FMT", keys("fc"));
        environment.set("HAPROXY_KEYLOG_BC_LOG_FMT", keys("bc"));
    }

    private static String keys(String side) {
        StringBuilder lines = new StringBuilder();
        for (String label : new String[] {"CLIENT_EARLY_TRAFFIC_SECRET", "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
            "SERVER_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0",
            "EXPORTER_SECRET", "EARLY_EXPORTER_SECRET"}) {
            lines.append(lines.isEmpty() ? "" : "\n").append(label).append(" %[ssl_").append(side)
                    .append("_client_random,hex] %[ssl_").append(side).append('_')
                    .append(label.toLowerCase(java.util.Locale.ROOT)).append(']');
        }
        return lines.toString();
    }
}
