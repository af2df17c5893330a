package dev.weir.flow.drive;

import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;

/** Why a server could not be dialled, as configuration.txt numbers it at {@code fc_err_str}. */
final class ConnectFault {

    private static final int SOCKET = 6;
    private static final int CANNOT_BIND = 8;
    private static final int REFUSED = 46;
    private static final int UNREACHABLE = 48;

    private ConnectFault() {}

    static int of(Throwable cause) {
        if (cause instanceof BindException) {
            return CANNOT_BIND;
        }
        if (cause instanceof NoRouteToHostException) {
            return UNREACHABLE;
        }
        String words = cause.getMessage() == null ? "" : cause.getMessage();
        return words.contains("unreachable") ? UNREACHABLE
                : cause instanceof ConnectException && words.contains("refused") ? REFUSED : SOCKET;
    }
}
