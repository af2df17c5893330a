package dev.weir.keyword.convert;

import java.util.List;
import java.util.Locale;

/** The fields that can be asked for: properties by their number, others by numbers beyond those. */
final class MqttField {

    static final int FLAGS = 256;
    static final int REASON_CODE = 257;
    static final int PROTOCOL_NAME = 258;
    static final int PROTOCOL_VERSION = 259;
    static final int CLIENT_IDENTIFIER = 260;
    static final int WILL_TOPIC = 261;
    static final int WILL_PAYLOAD = 262;
    static final int USERNAME = 263;
    static final int PASSWORD = 264;
    static final int KEEPALIVE = 265;

    private static final List<String> NAMES = List.of("flags", "reason_code", "protocol_name", "protocol_version",
            "client_identifier", "will_topic", "will_payload", "username", "password", "keepalive");
    private static final List<Integer> CONNECT_PROPERTIES =
            List.of(17, 33, 39, 34, 25, 23, 21, 22, 24, 1, 2, 3, 8, 9);
    private static final List<Integer> CONNACK_PROPERTIES =
            List.of(17, 33, 36, 37, 39, 18, 34, 31, 40, 41, 42, 19, 26, 28, 21, 22);

    private MqttField() {}

    /** The field that a packet of that type can have under this name, or -1. */
    static int find(int packet, String name) {
        if (packet != MqttPacket.CONNECT && packet != MqttPacket.CONNACK) {
            return -1;
        }
        Long property = name.isEmpty() ? null : Operands.literal(name);
        if (property != null) {
            List<Integer> known = packet == MqttPacket.CONNECT ? CONNECT_PROPERTIES : CONNACK_PROPERTIES;
            return property < 256 && known.contains(property.intValue()) ? property.intValue() : -1;
        }
        int index = NAMES.indexOf(name.toLowerCase(Locale.ROOT));
        if (index < 0) {
            return -1;
        }
        int field = FLAGS + index;
        boolean ofConnack = field == FLAGS || field == REASON_CODE || field == PROTOCOL_VERSION;
        return packet == MqttPacket.CONNECT ? field == REASON_CODE ? -1 : field : ofConnack ? field : -1;
    }
}
