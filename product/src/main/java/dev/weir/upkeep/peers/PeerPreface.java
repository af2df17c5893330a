package dev.weir.upkeep.peers;

import dev.weir.base.address.Address;
import dev.weir.model.server.ServerSpec.SendProxy;
import dev.weir.net.mux.Connection;
import dev.weir.wire.proxyv.HeaderReader;
import dev.weir.wire.proxyv.ProxyHeader;
import dev.weir.wire.proxyv.ProxyHeaderWriter;
import dev.weir.wire.proxyv.ProxyV2Fields;
import dev.weir.wire.proxyv.Socks4;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * What has to come on a connection before encryption and greeting: the answer of a SOCKS4 proxy on one that we opened, the
 * PROXY header on one that was accepted. Conductor-owned.
 */
final class PeerPreface {

    enum Progress { NEED_MORE, DONE, BAD }

    /** Longer than any answer and any header. */
    private static final int MOST = 80_000;

    private final HeaderReader header;
    private ByteBuf early;

    private PeerPreface(HeaderReader header) {
        this.header = header;
    }

    /** On an accepted connection. */
    static PeerPreface announced(HeaderReader header) {
        return new PeerPreface(header);
    }

    /** Asks the proxy for a connection to there; null, and nothing sent, when it cannot have that address. */
    static PeerPreface asked(Connection connection, Address beyond) {
        ByteBuf request = ByteBufAllocator.DEFAULT.directBuffer();
        if (!Socks4.writeRequest(request, beyond)) {
            request.release();
            return null;
        }
        connection.write(request);
        connection.flush();
        return new PeerPreface(null);
    }

    /** Speaks for ourselves, who have no client. */
    static void send(SendProxy version, Connection connection) {
        if (version != SendProxy.NONE) {
            ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer();
            if (version == SendProxy.V1) {
                ProxyHeaderWriter.writeV1(out, Address.NONE, Address.NONE);
            } else {
                ProxyHeaderWriter.writeV2Local(out, new ProxyV2Fields());
            }
            connection.write(out);
            connection.flush();
        }
    }

    /** Takes what came; after DONE {@link #rest} is what stands behind. */
    Progress take(ByteBuf bytes) {
        early = early == null ? bytes : early.alloc().compositeBuffer().addFlattenedComponents(true, early)
                .addFlattenedComponents(true, bytes);
        Progress progress = header == null
                ? switch (Socks4.readAnswer(early)) {
                    case NEED_MORE -> Progress.NEED_MORE;
                    case GRANTED -> Progress.DONE;
                    case DENIED -> Progress.BAD;
                }
                : switch (header.read(early)) {
                    case NEED_MORE -> Progress.NEED_MORE;
                    case DONE -> Progress.DONE;
                    case BAD -> Progress.BAD;
                };
        return progress == Progress.NEED_MORE && early.readableBytes() > MOST ? Progress.BAD : progress;
    }

    /** Who really calls, or null where nothing else was said. */
    ProxyHeader said() {
        return header == null ? null : header.header();
    }

    /** The caller's from now on; null when nothing is left. */
    ByteBuf rest() {
        ByteBuf rest = early;
        early = null;
        if (rest != null && !rest.isReadable()) {
            rest.release();
            rest = null;
        }
        return rest;
    }

    void release() {
        if (early != null) {
            early.release();
            early = null;
        }
    }
}
