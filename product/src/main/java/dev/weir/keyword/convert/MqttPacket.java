package dev.weir.keyword.convert;

import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;

/** Reads one CONNECT or CONNACK packet (MQTT 3.1, 3.1.1, 5.0) and remembers one of its fields. */
final class MqttPacket {

    static final int CONNECT = 1;
    static final int CONNACK = 2;

    private static final int WILL = 4;
    private static final int PASSWORD = 0x40;
    private static final int USERNAME = 0x80;

    /** Whether the packet is there and as it should be. */
    enum State { VALID, INVALID, INCOMPLETE }

    private final byte[] text;
    private final int type;
    private int at;
    private int end;
    private int wanted;
    private boolean broken;

    private boolean found;
    private boolean isNumber;
    private long number;
    private int valueAt;
    private int valueLength;

    MqttPacket(Sample sample) {
        text = sample.bytes();
        at = sample.at();
        end = sample.end();
        type = at < end ? text[at] >> 4 & 15 : 0;
    }

    int type() {
        return type;
    }

    State read(int field) {
        wanted = field;
        if (end - at < 2) {
            return State.INCOMPLETE;
        }
        if ((text[at] & 15) != 0 || type != CONNECT && type != CONNACK) {
            return State.INVALID;
        }
        at++;
        long length = varint();
        if (broken) {
            return end - at > 0 ? State.INVALID : State.INCOMPLETE;
        }
        if (length > end - at) {
            return State.INCOMPLETE;
        }
        end = at + (int) length;
        if (type == CONNECT) {
            connect();
        } else {
            acknowledgement();
        }
        return broken || at != end ? State.INVALID : State.VALID;
    }

    /** Makes the sample the field's value; false when the packet did not have it. */
    boolean give(Sample out, Area area) {
        if (!found) {
            return false;
        }
        if (isNumber) {
            area.putNumber(number);
            out.take(SampleType.STRING, area);
        } else {
            out.string(text, valueAt, valueLength);
        }
        return true;
    }

    private void connect() {
        int nameAt = at + 2;
        int nameLength = string(MqttField.PROTOCOL_NAME);
        int version = (int) integer(1, MqttField.PROTOCOL_VERSION);
        if (broken || !isProtocol(nameAt, nameLength, version)) {
            broken = true;
            return;
        }
        int flags = (int) integer(1, MqttField.FLAGS);
        broken |= (flags & 1) != 0 || (flags & WILL) == 0 && (flags & 0x38) != 0 || (flags & 0x18) == 0x18;
        integer(2, MqttField.KEEPALIVE);
        if (version == 5) {
            properties();
        }
        string(MqttField.CLIENT_IDENTIFIER);
        if ((flags & WILL) != 0) {
            if (version == 5) {
                properties();
            }
            string(MqttField.WILL_TOPIC);
            string(MqttField.WILL_PAYLOAD);
        }
        if ((flags & USERNAME) != 0) {
            string(MqttField.USERNAME);
        } else {
            broken |= version < 5 && (flags & PASSWORD) != 0;
        }
        if ((flags & PASSWORD) != 0) {
            string(MqttField.PASSWORD);
        }
    }

    private boolean isProtocol(int nameAt, int length, int version) {
        String expected = version == 3 ? "MQIsdp" : version == 4 || version == 5 ? "MQTT" : "";
        if (length != expected.length() || length == 0) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[nameAt + i] != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Its version shows in its length: properties came with 5.0. */
    private void acknowledgement() {
        int flags = (int) integer(1, MqttField.FLAGS);
        broken |= (flags & 0xfe) != 0;
        integer(1, MqttField.REASON_CODE);
        boolean isVersion5 = at < end;
        if (wanted == MqttField.PROTOCOL_VERSION) {
            keep(isVersion5 ? 5 : 4);
        }
        if (isVersion5) {
            properties();
        }
    }

    private void properties() {
        long length = varint();
        if (broken || length > end - at) {
            broken = true;
            return;
        }
        int stop = at + (int) length;
        while (at < stop && !broken) {
            int id = (int) varint();
            switch (id) {
                case 1, 23, 25, 36, 37, 40, 41, 42 -> integer(1, id);
                case 19, 33, 34 -> integer(2, id);
                case 2, 17, 24, 39 -> integer(4, id);
                case 3, 8, 9, 18, 21, 22, 26, 28, 31 -> string(id);
                case 38 -> {
                    string(-1);
                    string(-1);
                }
                default -> broken = true;
            }
        }
        broken |= at != stop;
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            if (at >= end) {
                broken = true;
                return 0;
            }
            byte b = text[at++];
            value |= (long) (b & 0x7f) << 7 * i;
            if (b >= 0) {
                return value;
            }
        }
        broken = true;
        return 0;
    }

    private long integer(int size, int field) {
        if (broken || end - at < size) {
            broken = true;
            return 0;
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | text[at++] & 0xff;
        }
        if (field == wanted) {
            keep(value);
        }
        return value;
    }

    private void keep(long value) {
        found = true;
        isNumber = true;
        number = value;
    }

    /** A text with its length in two bytes before it; its length. */
    private int string(int field) {
        int length = (int) integer(2, -2);
        if (broken || length > end - at) {
            broken = true;
            return 0;
        }
        if (field == wanted) {
            found = true;
            isNumber = false;
            valueAt = at;
            valueLength = length;
        }
        at += length;
        return length;
    }
}
