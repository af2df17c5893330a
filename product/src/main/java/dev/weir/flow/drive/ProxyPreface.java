package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Settings;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.expr.Expression;
import dev.weir.model.server.Server;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.net.mux.Connection;
import dev.weir.wire.proxyv.ProxyHeaderWriter;
import dev.weir.wire.proxyv.ProxyV2Fields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the PROXY header that a server asks for, from the addresses that the exchange has and with the fields that
 * the server's line names. Servers may be added while traffic runs. Shared: concurrent maps; the scratch of formats is
 * worker-owned.
 */
public final class ProxyPreface implements ServerPreface {

    /**
     * What a header of version 2 to one server has besides the addresses.
     *
     * @param ssl what to say about TLS, were it only that there is none; null for nothing
     * @param customTypes the types of {@code set-proxy-v2-tlv-fmt}, beside their formats
     */
    public record Fields(boolean crc32c, boolean uniqueId, TlsFields ssl, int[] customTypes,
            FormattedText[] customValues) {

        public static final Fields NONE = new Fields(false, false, null, new int[0], new FormattedText[0]);
    }

    private static final int USUAL_SIZE = 128;

    private final Map<Settings, Fields> fields;
    private final Map<Settings, Expression> names;
    private final Map<Settings, Expression> poolNames;
    private final UniqueIds uniqueIds;

    /**
     * @param fields those of servers that have any, by the settings of their lines, which servers of a template share
     * @param names what gives the name that an encrypted connection asks for, where there is such
     * @param poolNames what gives the name of idle connections, where lines say something else
     */
    public ProxyPreface(Map<Settings, Fields> fields, Map<Settings, Expression> names,
            Map<Settings, Expression> poolNames, UniqueIds uniqueIds) {
        this.fields = new ConcurrentHashMap<>(fields);
        this.names = new ConcurrentHashMap<>(names);
        this.poolNames = new ConcurrentHashMap<>(poolNames);
        this.uniqueIds = uniqueIds;
    }

    @Override
    public void add(Server server, ServerPreface others) {
        if (others instanceof ProxyPreface added) {
            fields.putAll(added.fields);
            names.putAll(added.names);
            poolNames.putAll(added.poolNames);
        }
    }

    @Override
    public void send(Exchange exchange, Server server, Connection connection) {
        Address source = exchange.clientAddress();
        Address destination = exchange.frontendAddress();
        switch (server.sendProxy()) {
            case NONE -> { }
            case V1 -> {
                ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(USUAL_SIZE);
                ProxyHeaderWriter.writeV1(out, source, destination);
                connection.write(out);
            }
            case V2 -> {
                ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(USUAL_SIZE);
                // without its fields, if those are too much for a header: the addresses matter most
                if (!ProxyHeaderWriter.writeV2(out, source, destination, values(exchange, server))) {
                    ProxyHeaderWriter.writeV2(out, source, destination, new ProxyV2Fields());
                }
                connection.write(out);
            }
        }
    }

    @Override
    public String serverName(ExchangeContext context, Server server) {
        return text(names.get(server.spec().settings()), context);
    }

    /** One of a reversed connection has nothing to do with encryption, which its client has asked for. */
    @Override
    public String poolName(ExchangeContext context, Server server) {
        Expression own = poolNames.isEmpty() ? null : poolNames.get(server.spec().settings());
        return own != null ? text(own, context)
                : server.tls() != null || server.isReversed() ? serverName(context, server) : null;
    }

    private static String text(Expression expression, ExchangeContext context) {
        if (expression == null || !expression.evaluateAs(SampleType.STRING, context, context.sample())) {
            return null;
        }
        Sample name = context.sample();
        return name.length() == 0 ? null : new String(name.bytes(), name.at(), name.length(), StandardCharsets.ISO_8859_1);
    }

    private ProxyV2Fields values(Exchange exchange, Server server) {
        Fields wanted = fields.getOrDefault(server.spec().settings(), Fields.NONE);
        ProxyV2Fields values = new ProxyV2Fields();
        if (wanted.crc32c) {
            values.crc32c();
        }
        if (wanted.uniqueId) {
            values.uniqueId(uniqueIds.of(exchange));
        }
        if (wanted.ssl != null) {
            wanted.ssl.fill(values, exchange.context() == null ? null : exchange.context().client().tls());
        }
        for (int i = 0; i < wanted.customTypes.length; i++) {
            values.custom(wanted.customTypes[i], wanted.customValues[i].of(exchange));
        }
        return values;
    }
}
