package dev.weir.keyword.fetch;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.flow.expr.ConnectionFacts;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Need;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The addresses of both connections. */
final class AddressFetches {

    static final List<FetchKeyword> ALL = rows();

    private AddressFetches() {}

    private static List<FetchKeyword> rows() {
        List<FetchKeyword> rows = new ArrayList<>();
        client(rows, "src", ConnectionFacts::source);
        client(rows, "dst", ConnectionFacts::destination);
        client(rows, "fc_src", ConnectionFacts::originalSource);
        client(rows, "fc_dst", ConnectionFacts::originalDestination);
        server(rows, "bc_src", ConnectionFacts::source);
        server(rows, "bc_dst", ConnectionFacts::destination);
        return List.copyOf(rows);
    }

    private static void client(List<FetchKeyword> rows, String name, Function<ConnectionFacts, Address> address) {
        add(rows, name, Need.CLIENT_ADDRESS, ExpressionContext::client, address);
        rows.add(FetchKeyword.of(name + "_is_local", SampleType.BOOL, Need.CLIENT_ADDRESS, (context, out) -> {
            ConnectionFacts client = context.client();
            Address found = client == null ? null : address.apply(client);
            if (found == null || found.family() == Family.NONE) {
                return false;
            }
            out.bool(!found.family().isIp() || client.isLocal(found));
            return true;
        }));
    }

    private static void server(List<FetchKeyword> rows, String name, Function<ConnectionFacts, Address> address) {
        add(rows, name, Need.SERVER_ADDRESS, ExpressionContext::server, address);
    }

    private static void add(List<FetchKeyword> rows, String name, Need need,
            Function<ExpressionContext, ConnectionFacts> side, Function<ConnectionFacts, Address> address) {
        rows.add(FetchKeyword.of(name, SampleType.ADDRESS, need, (context, out) -> {
            ConnectionFacts connection = side.apply(context);
            return connection != null && out.address(address.apply(connection));
        }));
        rows.add(FetchKeyword.of(name + "_port", SampleType.INTEGER, need, (context, out) -> {
            ConnectionFacts connection = side.apply(context);
            return connection != null && port(address.apply(connection), out);
        }));
    }

    private static boolean port(Address address, Sample out) {
        if (address == null || address.family() != Family.IPV4 && address.family() != Family.IPV6) {
            return false;
        }
        out.integer(address.port());
        return true;
    }
}
