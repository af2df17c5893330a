package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.Need;
import dev.weir.flow.expr.ProxyFacts;
import dev.weir.flow.expr.ServerFacts;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.List;
import java.util.function.Function;

/** Frontends, backends and servers: those that are named, and those that the exchange runs through. */
final class ProxyFetches {

    private static final Signature FRONTEND = Signature.of(1, ArgumentKind.FRONTEND);
    private static final Signature BACKEND = Signature.of(1, ArgumentKind.BACKEND);
    private static final Signature SERVER = Signature.of(1, ArgumentKind.SERVER);

    static final List<FetchKeyword> ALL = List.of(
            backend("avg_queue", ProxyFacts.Number.AVERAGE_QUEUE),
            backend("be_conn", ProxyFacts.Number.CONNECTIONS),
            backend("be_conn_free", ProxyFacts.Number.FREE_CONNECTIONS),
            backend("be_sess_rate", ProxyFacts.Number.SESSION_RATE),
            backend("connslots", ProxyFacts.Number.FREE_SLOTS),
            backend("nbsrv", ProxyFacts.Number.USABLE_SERVERS),
            backend("queue", ProxyFacts.Number.QUEUED),
            frontend("fe_conn", ProxyFacts.Number.CONNECTIONS),
            frontend("fe_req_rate", ProxyFacts.Number.REQUEST_RATE),
            frontend("fe_sess_rate", ProxyFacts.Number.SESSION_RATE),
            server("srv_conn", ServerFacts.Number.CONNECTIONS),
            server("srv_conn_free", ServerFacts.Number.FREE_CONNECTIONS),
            server("srv_iweight", ServerFacts.Number.INITIAL_WEIGHT),
            server("srv_queue", ServerFacts.Number.QUEUED),
            server("srv_sess_rate", ServerFacts.Number.SESSION_RATE),
            server("srv_uweight", ServerFacts.Number.USER_WEIGHT),
            server("srv_weight", ServerFacts.Number.WEIGHT),
            FetchKeyword.of("srv_is_up", SERVER, SampleType.BOOL, Need.INTERNAL, arguments -> {
                ServerFacts server = arguments.server(0);
                return (context, out) -> {
                    out.bool(server.number(ServerFacts.Number.UP) != 0);
                    return true;
                };
            }),
            current("fe_id", Need.FRONTEND, ExpressionContext::frontend, ProxyFacts.Number.ID),
            current("fe_client_timeout", Need.FRONTEND, ExpressionContext::frontend, ProxyFacts.Number.CLIENT_TIMEOUT),
            current("fe_tarpit_timeout", Need.FRONTEND, ExpressionContext::frontend, ProxyFacts.Number.TARPIT_TIMEOUT),
            current("be_id", Need.BACKEND, ExpressionContext::backend, ProxyFacts.Number.ID),
            current("be_max_retries", Need.BACKEND, ExpressionContext::backend, ProxyFacts.Number.MAX_RETRIES),
            current("be_connect_timeout", Need.BACKEND, ExpressionContext::backend, ProxyFacts.Number.CONNECT_TIMEOUT),
            current("be_queue_timeout", Need.BACKEND, ExpressionContext::backend, ProxyFacts.Number.QUEUE_TIMEOUT),
            current("be_server_timeout", Need.BACKEND, ExpressionContext::backend, ProxyFacts.Number.SERVER_TIMEOUT),
            current("be_tarpit_timeout", Need.BACKEND, ExpressionContext::backend, ProxyFacts.Number.TARPIT_TIMEOUT),
            current("be_tunnel_timeout", Need.BACKEND, ExpressionContext::backend, ProxyFacts.Number.TUNNEL_TIMEOUT),
            name("fe_name", Need.FRONTEND, c -> c.frontend() == null ? null : c.frontend().name()),
            name("fe_defbe", Need.FRONTEND, c -> c.frontend() == null ? null : c.frontend().defaultBackend()),
            name("be_name", Need.BACKEND, c -> c.backend() == null ? null : c.backend().name()),
            name("srv_name", Need.SERVER, c -> c.chosenServer() == null ? null : c.chosenServer().name()),
            FetchKeyword.of("srv_id", SampleType.INTEGER, Need.SERVER, (context, out) ->
                    context.chosenServer() != null && give(context.chosenServer().number(ServerFacts.Number.ID), out)));

    private ProxyFetches() {}

    private static boolean give(long value, Sample out) {
        if (value == ProxyFacts.NONE) {
            return false;
        }
        out.integer(value);
        return true;
    }

    private static FetchKeyword backend(String name, ProxyFacts.Number which) {
        return FetchKeyword.of(name, BACKEND, SampleType.INTEGER, Need.INTERNAL, arguments -> {
            ProxyFacts proxy = arguments.backend(0);
            return (context, out) -> give(proxy.number(which), out);
        });
    }

    private static FetchKeyword frontend(String name, ProxyFacts.Number which) {
        return FetchKeyword.of(name, FRONTEND, SampleType.INTEGER, Need.INTERNAL, arguments -> {
            ProxyFacts proxy = arguments.frontend(0);
            return (context, out) -> give(proxy.number(which), out);
        });
    }

    private static FetchKeyword server(String name, ServerFacts.Number which) {
        return FetchKeyword.of(name, SERVER, SampleType.INTEGER, Need.INTERNAL, arguments -> {
            ServerFacts server = arguments.server(0);
            return (context, out) -> give(server.number(which), out);
        });
    }

    private static FetchKeyword current(String name, Need need, Function<ExpressionContext, ProxyFacts> proxy,
            ProxyFacts.Number which) {
        return FetchKeyword.of(name, SampleType.INTEGER, need, (context, out) -> {
            ProxyFacts found = proxy.apply(context);
            return found != null && give(found.number(which), out);
        });
    }

    private static FetchKeyword name(String name, Need need, Function<ExpressionContext, byte[]> text) {
        return FetchKeyword.of(name, SampleType.STRING, need, (context, out) -> {
            byte[] value = text.apply(context);
            if (value == null) {
                return false;
            }
            out.string(value);
            return true;
        });
    }
}
