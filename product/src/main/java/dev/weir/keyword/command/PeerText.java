package dev.weir.keyword.command;

import dev.weir.base.address.Address;
import dev.weir.upkeep.peers.Peer;
import dev.weir.upkeep.peers.PeerCounts;
import dev.weir.upkeep.peers.PeerSection;
import dev.weir.upkeep.peers.PeerSession;
import dev.weir.upkeep.peers.PeerTalk;
import dev.weir.upkeep.peers.TableProgress;
import dev.weir.wire.peer.SentNames;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.IntFunction;
import java.nio.charset.StandardCharsets;

/** How {@code show peers} writes a section (inventory 5.5); flags of HAProxy's own insides are 0. */
final class PeerText {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ROOT);
    private static final String MORE = "\n        ";
    private static final int NAMES_IN_LINE = 4;

    private final StringBuilder out = new StringBuilder();
    private final long nowMs;
    private final long wallMicros;
    private final boolean names;

    PeerText(long nowMs, long wallMicros, boolean names) {
        this.nowMs = nowMs;
        this.wallMicros = wallMicros;
        this.names = names;
    }

    private StringBuilder pointer(Object of) {
        return out.append("0x").append(Integer.toHexString(System.identityHashCode(of)));
    }

    private String time(long atMs) {
        return atMs < 0 ? "<NEVER>" : atMs < nowMs ? "<PAST>" : duration(atMs - nowMs);
    }

    private static String duration(long ms) {
        long seconds = ms / 1000;
        long minutes = seconds / 60;
        long hours = minutes / 60;
        long days = hours / 24;
        return days > 0 ? days + "d" + hours % 24 + "h" : hours > 0 ? hours + "h" + minutes % 60 + "m"
                : minutes > 0 ? minutes + "m" + seconds % 60 + "s" : seconds + "s";
    }

    void section(PeerSection section) {
        pointer(section).append(": [").append(DATE.format(
                Instant.ofEpochMilli(wallMicros / 1000).atZone(ZoneId.systemDefault())));
        out.append("] id=").append(section.spec().name()).append(" disabled=").append(section.spec().disabled() ? 1 : 0);
        out.append(" flags=0x").append(section.learning() == PeerSection.Learning.FINISHED ? 3 : 0);
        out.append(" resync_timeout=").append(section.learnUntilMs() < 0 ? "<PAST>" : time(section.learnUntilMs()));
        out.append(" task_calls=0\n");
        section.peers().forEach(this::peer);
        out.append('\n');
    }

    private void peer(Peer peer) {
        PeerSession session = peer.session();
        boolean ready = session != null && session.state() == PeerSession.State.READY;
        PeerCounts counts = peer.counts();
        out.append("  ");
        pointer(peer).append(": id=").append(peer.name()).append(peer.isLocal() ? "(local," : "(remote,");
        out.append(session == null ? "inactive" : "active").append(") addr=").append(address(peer));
        out.append(" app_state=").append(ready ? "RUNNING" : session != null ? "STARTING" : "STOPPED");
        out.append(" learn_state=").append(ready && session.talk().isLearning() ? "PROCESSING" : "NOTASSIGNED");
        out.append(" last_status=").append(status(peer));
        out.append(" last_hdshk=").append(counts.lastGreetingMs() < 0 ? "<NEVER>" : duration(nowMs - counts.lastGreetingMs()));
        out.append(MORE).append("reconnect=").append(time(peer.againAtMs()));
        out.append(" heartbeat=").append(ready ? time(session.heartbeatAtMs()) : "<NEVER>");
        out.append(" confirm=").append(counts.confirms()).append(" tx_hbt=").append(counts.sentHeartbeats());
        out.append(" rx_hbt=").append(counts.gotHeartbeats()).append(" no_hbt=").append(counts.silences());
        out.append(" new_conn=").append(counts.connections()).append(" proto_err=").append(counts.protocolErrors());
        out.append(" coll=").append(counts.collisions()).append(MORE).append("flags=0x0");
        if (session != null) {
            out.append(" appctx:");
            pointer(session).append(" st0=").append(ready ? 7 : 6).append(" st1=0 task_calls=0 state=").append(ready ? "EST" : "TAR");
        }
        if (ready) {
            out.append(MORE).append(session.connection().tls() != null ? "xprt=SSL src=" : "xprt=RAW src=").append(session.connection().source()).append(" addr=")
                    .append(session.connection().destination());
        }
        out.append(MORE).append("shared tables:\n");
        peer.progress().forEach(each -> table(each, ready ? session.talk() : null));
    }

    private static String address(Peer peer) {
        Address address = peer.address();
        return address.family().isUnix() ? "unix" : address.toString();
    }

    private static String status(Peer peer) {
        PeerSession session = peer.session();
        if (session != null && session.state() == PeerSession.State.CONNECTING) {
            return "CONN";
        } else if (session != null && session.state() == PeerSession.State.AWAITS_STATUS) {
            return "HSHK";
        }
        return switch (peer.counts().lastStatus()) {
            case 200 -> "ESTA";
            case 300 -> "RTRY";
            case 501 -> "PROT";
            case 502 -> "VERS";
            case 503 -> "NAME";
            case 504 -> "UNKN";
            default -> peer.counts().connections() > 0 ? "CONN" : "NONE";
        };
    }

    private void table(TableProgress each, PeerTalk talk) {
        out.append("          ");
        pointer(each).append(" local_id=").append(each.localId()).append(" remote_id=").append(each.remoteId());
        out.append(" flags=0x0 remote_data=0x").append(Long.toHexString(each.remoteTypes()));
        out.append("\n              last_acked=").append(each.ackedId()).append(" last_pushed=").append(each.lastId());
        out.append(" last_get=").append(each.gotId()).append(" teaching_origin=0 update=").append(each.lastId());
        out.append("\n              table:");
        pointer(each.table()).append(" id=").append(each.table().name()).append(" update=").append(each.lastId());
        out.append(" localupdate=").append(each.lastId()).append(" refcnt=1\n");
        if (!names) {
            out.append("        Dictionary cache not dumped (use \"show peers dict\")\n");
            return;
        }
        out.append("        TX dictionary cache:");
        names(i -> talk == null ? null : talk.sentNames().name(i));
        out.append("\n        RX dictionary cache:");
        names(i -> talk == null ? null : talk.learnedNames().name(i));
        out.append('\n');
    }

    private void names(IntFunction<byte[]> at) {
        for (int i = 1; i <= SentNames.MOST; i++) {
            byte[] name = at.apply(i);
            if ((i - 1) % NAMES_IN_LINE == 0) {
                out.append(MORE);
            }
            String number = Integer.toString(i - 1);
            out.append("  ").append(" ".repeat(3 - number.length())).append(number).append(" -> ");
            out.append(name == null ? "-" : new String(name, StandardCharsets.UTF_8));
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
