package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.flow.exchange.Exchange;
import dev.weir.model.server.Server;
import dev.weir.net.mux.Connection;
import dev.weir.wire.proxyv.ProxyHeaderWriter;
import dev.weir.wire.proxyv.ProxyV2Fields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Writes the PROXY header that a server asks for, from the addresses that the exchange has. Immutable. */
public final class ProxyPreface implements ServerPreface {

    private static final int USUAL_SIZE = 128;

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
                ProxyV2Fields fields = new ProxyV2Fields();
                if (server.sendsCrc32c()) {
                    fields.crc32c();
                }
                ProxyHeaderWriter.writeV2(out, source, destination, fields);
                connection.write(out);
            }
        }
    }
}
