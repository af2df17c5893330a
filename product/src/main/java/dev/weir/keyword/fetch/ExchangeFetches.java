package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ExchangeFacts;
import dev.weir.flow.expr.ExchangeFacts.Number;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Need;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.SampleType;
import java.util.List;

/** Numbers, timers and texts of the session and its exchange: those that logs have, and more. */
final class ExchangeFetches {

    static final List<FetchKeyword> ALL = List.of(
            Facts.date("accept_date", Need.CLIENT_ADDRESS, Number.ACCEPT_MICROS),
            Facts.date("request_date", Need.REQUEST, Number.REQUEST_MICROS),
            Facts.number("bc.timer.connect", Need.SERVER_ADDRESS, Number.CONNECT),
            Facts.number("bc_be_queue", Need.SERVER_ADDRESS, Number.BACKEND_QUEUE),
            Facts.number("bc_srv_queue", Need.SERVER_ADDRESS, Number.SERVER_QUEUE),
            Facts.number("fc.timer.handshake", Need.CLIENT_ADDRESS, Number.HANDSHAKE),
            Facts.number("fc.timer.total", Need.CLIENT_ADDRESS, Number.TOTAL),
            Facts.number("req.timer.hdr", Need.REQUEST, Number.REQUEST_HEAD),
            Facts.number("req.timer.idle", Need.REQUEST, Number.IDLE),
            Facts.number("req.timer.queue", Need.REQUEST, Number.QUEUE),
            Facts.number("req.timer.tq", Need.REQUEST, Number.REQUEST_TOTAL),
            Facts.number("res.timer.data", Need.RESPONSE, Number.DATA),
            Facts.number("res.timer.hdr", Need.RESPONSE, Number.RESPONSE_HEAD),
            Facts.number("txn.timer.total", Need.RESPONSE, Number.ACTIVE),
            Facts.number("txn.timer.user", Need.RESPONSE, Number.USER),
            Facts.number("bytes_in", Need.INTERNAL, Number.CLIENT_BYTES_IN),
            Facts.number("bytes_out", Need.INTERNAL, Number.SERVER_BYTES_IN),
            Facts.number("req.bytes_in", Need.INTERNAL, Number.CLIENT_BYTES_IN),
            Facts.number("req.bytes_out", Need.INTERNAL, Number.SERVER_BYTES_OUT),
            Facts.number("res.bytes_in", Need.INTERNAL, Number.SERVER_BYTES_IN),
            Facts.number("res.bytes_out", Need.INTERNAL, Number.CLIENT_BYTES_OUT),
            Facts.number("cur_client_timeout", Need.FRONTEND, Number.CLIENT_TIMEOUT),
            Facts.number("cur_connect_timeout", Need.BACKEND, Number.CONNECT_TIMEOUT),
            Facts.number("cur_queue_timeout", Need.BACKEND, Number.QUEUE_TIMEOUT),
            Facts.number("cur_server_timeout", Need.BACKEND, Number.SERVER_TIMEOUT),
            Facts.number("cur_tarpit_timeout", Need.FRONTEND, Number.TARPIT_TIMEOUT),
            Facts.number("cur_tunnel_timeout", Need.BACKEND, Number.TUNNEL_TIMEOUT),
            Facts.number("cur_max_retries", Need.BACKEND, Number.MAX_RETRIES),
            Facts.number("txn.conn_retries", Need.SERVER_ADDRESS, Number.RETRIES),
            Facts.bool("txn.redispatched", Need.SERVER_ADDRESS, Number.REDISPATCHED),
            Facts.number("so_id", Need.LISTENER, Number.LISTENER_ID),
            Facts.text("so_name", Need.LISTENER, ExchangeFacts.Text.LISTENER_NAME),
            Facts.number("dst_conn", Need.LISTENER, Number.LISTENER_CONNECTIONS),
            Facts.bool("http_first_req", Need.REQUEST, Number.IS_FIRST_REQUEST),
            Facts.number("txn.status", Need.RESPONSE, Number.STATUS),
            Facts.number("server_status", Need.RESPONSE, Number.SERVER_STATUS),
            Facts.bool("res.comp", Need.RESPONSE, Number.COMPRESSED),
            Facts.text("res.comp_algo", Need.RESPONSE, ExchangeFacts.Text.COMPRESSION),
            Facts.bool("res.cache_hit", Need.RESPONSE, Number.CACHE_HIT),
            Facts.text("res.cache_name", Need.RESPONSE, ExchangeFacts.Text.CACHE_NAME),
            Facts.text("unique-id", Need.NOTHING, ExchangeFacts.Text.UNIQUE_ID),
            Facts.text("capture.req.method", Need.REQUEST, ExchangeFacts.Text.CAPTURED_METHOD),
            Facts.text("capture.req.uri", Need.REQUEST, ExchangeFacts.Text.CAPTURED_TARGET),
            Facts.text("capture.req.ver", Need.REQUEST, ExchangeFacts.Text.CAPTURED_VERSION),
            Facts.text("capture.res.ver", Need.REQUEST, ExchangeFacts.Text.CAPTURED_RESPONSE_VERSION),
            FetchKeyword.of("capture.req.hdr", Signature.of(1, ArgumentKind.INTEGER), SampleType.STRING, Need.REQUEST,
                    a -> captured(a, false)),
            FetchKeyword.of("capture.res.hdr", Signature.of(1, ArgumentKind.INTEGER), SampleType.STRING, Need.RESPONSE,
                    a -> captured(a, true)));

    private ExchangeFetches() {}

    private static Fetch captured(Arguments arguments, boolean response) throws ExpressionError {
        long slot = arguments.number(0, 0);
        if (slot < 0 || slot > Integer.MAX_VALUE) {
            // HAProxy takes it and never finds anything
            return (context, out) -> false;
        }
        return (context, out) -> context.exchange() != null
                && context.exchange().captured(response, (int) slot, out);
    }
}
