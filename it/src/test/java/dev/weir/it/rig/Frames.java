package dev.weir.it.rig;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Frames of HTTP/2 as lines of text, whatever sense they make: what a client sends, and what it then sees.
 *
 * <p>{@code preface}; {@code raw hex}; {@code frame TYPE flags stream hex}; {@code get stream path}; {@code headers flags
 * stream name: value; name: value} with {@code \\xNN} for odd bytes; {@code data flags stream text}; {@code times n line};
 * {@code wait}. Flags of headers and data are letters: {@code e} for the end of the stream, {@code h} for that of the
 * headers.
 */
public final class Frames {

    private static final List<String> TYPES = List.of("DATA", "HEADERS", "PRIORITY", "RST_STREAM", "SETTINGS",
            "PUSH_PROMISE", "PING", "GOAWAY", "WINDOW_UPDATE", "CONTINUATION");
    private static final List<String> CODES = List.of("NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR",
            "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL",
            "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED");
    private static final List<String> STATUSES = List.of("200", "204", "206", "304", "400", "404", "500");
    public static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Frames() {}

    public static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(9 + payload.length);
        out.put((byte) (payload.length >> 16)).putShort((short) payload.length).put((byte) type).put((byte) flags)
                .putInt(stream).put(payload);
        return out.array();
    }

    /** The bytes of a line. */
    public static byte[] bytes(String line) {
        String[] words = line.trim().split(" ", 2);
        String rest = words.length > 1 ? words[1].trim() : "";
        return switch (words[0]) {
            case "preface" -> join(PREFACE, frame(4, 0, 0, new byte[0]));
            case "raw" -> HexFormat.of().parseHex(rest.replace(" ", ""));
            case "text" -> unescaped(rest);
            case "frame" -> {
                String[] parts = rest.split(" ", 4);
                int type = TYPES.contains(parts[0]) ? TYPES.indexOf(parts[0]) : Integer.parseInt(parts[0]);
                yield frame(type, Integer.decode(parts[1]), Integer.parseInt(parts[2]),
                        HexFormat.of().parseHex(parts.length > 3 ? parts[3].replace(" ", "") : ""));
            }
            case "get" -> {
                String[] parts = rest.split(" ");
                yield bytes("headers eh " + parts[0] + " :method: GET; :scheme: http; :authority: h; :path: "
                        + parts[1]);
            }
            case "headers" -> {
                String[] parts = rest.split(" ", 3);
                yield frame(1, flags(parts[0]), Integer.parseInt(parts[1]), block(parts.length > 2 ? parts[2] : ""));
            }
            case "data" -> {
                String[] parts = rest.split(" ", 3);
                yield frame(0, flags(parts[0]), Integer.parseInt(parts[1]),
                        unescaped(parts.length > 2 ? parts[2] : ""));
            }
            case "times" -> {
                String[] parts = rest.split(" ", 2);
                byte[] one = bytes(parts[1]);
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                for (int i = 0; i < Integer.parseInt(parts[0]); i++) {
                    all.writeBytes(one);
                }
                yield all.toByteArray();
            }
            default -> throw new IllegalArgumentException(line);
        };
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] all = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private static int flags(String letters) {
        return (letters.contains("e") ? 1 : 0) | (letters.contains("h") ? 4 : 0);
    }

    /** Every field as it is, without an index. */
    private static byte[] block(String fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String field : fields.split("; ")) {
            if (field.isEmpty()) {
                continue;
            }
            int colon = field.indexOf(": ", 1);
            out.write(0);
            string(unescaped(colon < 0 ? field : field.substring(0, colon)), out);
            string(unescaped(colon < 0 ? "" : field.substring(colon + 2)), out);
        }
        return out.toByteArray();
    }

    private static void string(byte[] text, ByteArrayOutputStream out) {
        if (text.length < 127) {
            out.write(text.length);
        } else {
            out.write(127);
            int rest = text.length - 127;
            for (; rest >= 128; rest >>= 7) {
                out.write(rest & 127 | 128);
            }
            out.write(rest);
        }
        out.writeBytes(text);
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                out.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                out.write(text.charAt(i));
            }
        }
        return out.toByteArray();
    }

    /** What is seen until the end or until nothing comes any more: statuses, bodies, resets, goodbyes. */
    public static String seen(Socket socket, int quietMs) throws IOException {
        socket.setSoTimeout(quietMs);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        StringBuilder seen = new StringBuilder();
        try {
            while (true) {
                String event = event(in);
                if (!event.isEmpty()) {
                    seen.append(event).append(' ');
                }
            }
        } catch (SocketTimeoutException quiet) {
            return seen.toString().trim();
        } catch (EOFException | SocketException end) {
            return seen.append("end").toString();
        }
    }

    /** What comes on a stream until its end: status, how many bytes, and how it ends. */
    public static String answer(DataInputStream in, int stream) throws IOException {
        String status = "";
        int bytes = 0;
        try {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                boolean isIts = in.readInt() == stream;
                byte[] payload = new byte[length];
                in.readFully(payload);
                if (type == 7) {
                    status += "GOAWAY:" + CODES.get(ByteBuffer.wrap(payload).getInt(4)) + " ";
                } else if (isIts && type == 3) {
                    return status + bytes + " " + CODES.get(ByteBuffer.wrap(payload).getInt());
                } else if (isIts) {
                    status += type == 1 ? status(payload) + " " : "";
                    bytes += type == 0 ? length : 0;
                    if (type < 2 && (flags & 1) == 1) {
                        return status + bytes;
                    }
                }
            }
        } catch (SocketTimeoutException quiet) {
            return status + bytes + " <silence>";
        } catch (EOFException | SocketException end) {
            return status + bytes + " <end>";
        }
    }

    private static String event(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        ByteBuffer content = ByteBuffer.wrap(payload);
        String end = (flags & 1) == 1 ? "." : "";
        return switch (type) {
            case 0 -> stream + ":data:" + (length > 20 ? "#" + length : new String(payload, StandardCharsets.ISO_8859_1))
                    + end;
            case 1 -> stream + ":" + status(payload) + end;
            case 3 -> stream + ":" + CODES.get(content.getInt());
            case 6 -> end.isEmpty() ? "PING" : "PONG";
            case 7 -> "GOAWAY:" + CODES.get(content.getInt(4));
            case 4, 8 -> "";
            default -> type < TYPES.size() ? TYPES.get(type).toLowerCase(Locale.ROOT) : "type" + type;
        };
    }

    private static String status(byte[] block) {
        int at = 0;
        while (at < block.length && (block[at] & 0xe0) == 0x20) {
            at++;
        }
        int first = block[at] & 0xff;
        if (first >= 0x88 && first <= 0x8e) {
            return STATUSES.get(first - 0x88);
        }
        if ((first & 0x0f) == 8 && block[at + 1] == 3) {
            return new String(block, at + 2, 3, StandardCharsets.ISO_8859_1);
        }
        return "trailers";
    }
}
