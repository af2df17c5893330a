package dev.weir.net.tls;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The keys of {@code tls-ticket-keys}: tickets are sealed with the last but one, opened with any of the last three, so
 * that machines which share the file may change it one after the other. A command may add one, which pushes the oldest
 * out. Shared: the list is replaced as a whole.
 */
public final class TicketKeys {

    private static final int KEPT = 3;
    private static final int SMALL = 48;
    private static final int LARGE = 80;
    private static final int NAME = 16;
    private static final int PARAMETER = 40;
    private static final int UTF8 = 4;
    private static final int OCTETS = 5;
    private static final byte[] DIGEST = "SHA256".getBytes(StandardCharsets.US_ASCII);

    /** One key: all of it, and where what begins. */
    private record Key(byte[] all, String cipher, int cipherAt, int macAt, int length) {

        static Key of(byte[] bytes) {
            return bytes.length == SMALL ? new Key(bytes, "EVP_aes_128_cbc", NAME, 32, 16)
                    : new Key(bytes, "EVP_aes_256_cbc", 48, NAME, 32);
        }

        boolean isNamed(byte[] name) {
            return java.util.Arrays.equals(all, 0, NAME, name, 0, NAME);
        }
    }

    private final String file;
    /** As the file had them. */
    private final List<byte[]> read;
    private volatile List<Key> keys;

    private TicketKeys(String file, List<byte[]> read) {
        this.file = file;
        this.read = read;
        List<Key> list = new ArrayList<>();
        for (byte[] each : read) {
            list.add(Key.of(each));
        }
        keys = list;
    }

    public String file() {
        return file;
    }

    /** In base 64, the oldest first. */
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        for (Key each : keys) {
            secrets.add(Base64.getEncoder().encodeToString(each.all));
        }
        return secrets;
    }

    /** How many bytes a key has. */
    public int size() {
        return read.getFirst().length;
    }

    /** Adds the next key. */
    public void add(byte[] next) {
        List<Key> list = new ArrayList<>(keys.subList(1, keys.size()));
        list.add(Key.of(next));
        keys = list;
    }

    /** Whether the file says the same: then what commands made of it stays. */
    boolean isReadAs(TicketKeys other) {
        boolean same = read.size() == other.read.size();
        for (int i = 0; same && i < read.size(); i++) {
            same = java.util.Arrays.equals(read.get(i), other.read.get(i));
        }
        return same;
    }

    public static TicketKeys load(String path) throws TlsError {
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(path), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new TlsError("'" + path + "' : unable to load ssl tickets keys file");
        }
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                all.add(decode(path, lines.get(i).strip(), i + 1, all));
            }
        }
        if (all.size() < KEPT) {
            throw new TlsError("'" + path + "' : please supply at least " + KEPT + " keys in the tls-tickets-file");
        }
        return new TicketKeys(path, List.copyOf(all.subList(all.size() - KEPT, all.size())));
    }

    private static byte[] decode(String path, String line, int number, List<byte[]> before) throws TlsError {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            throw new TlsError("'" + path + "' : unable to decode base64 key on line " + number);
        }
        if (key.length != SMALL && key.length != LARGE) {
            throw new TlsError("'" + path + "' : unable to decode base64 key on line " + number);
        } else if (!before.isEmpty() && before.getFirst().length != key.length) {
            throw new TlsError("'" + path + "' : wrong sized key on line " + number);
        }
        return key;
    }

    /** The library's question: 1 done, 2 done and to be renewed, 0 no such key, negative an error. */
    int use(long name, long iv, long cipher, long mac, boolean sealing) {
        List<Key> now = keys;
        if (sealing) {
            Key key = now.get(KEPT - 2);
            MemorySegment.copy(key.all, 0, MemorySegment.ofAddress(name).reinterpret(NAME), ValueLayout.JAVA_BYTE, 0, NAME);
            return (int) OpenSsl.call("RAND_bytes", iv, NAME) == 1 && begin("EVP_EncryptInit_ex", key, iv, cipher, mac)
                    ? 1 : -1;
        }
        byte[] wanted = OpenSsl.bytes(name, NAME);
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).isNamed(wanted)) {
                boolean begun = begin("EVP_DecryptInit_ex", now.get(i), iv, cipher, mac);
                return !begun ? -1 : i == KEPT - 2 ? 1 : 2;
            }
        }
        return 0;
    }

    private static boolean begin(String function, Key key, long iv, long cipher, long mac) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameters = arena.allocate(3L * PARAMETER, 8);
            parameter(arena, parameters, 0, "key", OCTETS, key.all, key.macAt, key.length);
            parameter(arena, parameters, PARAMETER, "digest", UTF8, DIGEST, 0, DIGEST.length);
            MemorySegment own = copy(arena, key.all, key.cipherAt, key.length);
            return (int) OpenSsl.call("EVP_MAC_CTX_set_params", mac, parameters.address()) == 1
                    && (int) OpenSsl.call(function, cipher, OpenSsl.call(key.cipher), 0, own.address(), iv, 0) == 1;
        }
    }

    private static MemorySegment copy(Arena arena, byte[] bytes, int from, int length) {
        MemorySegment memory = arena.allocate(length + 1L);
        MemorySegment.copy(bytes, from, memory, ValueLayout.JAVA_BYTE, 0, length);
        return memory;
    }

    private static void parameter(Arena arena, MemorySegment at, long offset, String name, int type, byte[] value,
            int from, int length) {
        at.set(ValueLayout.JAVA_LONG, offset, OpenSsl.zeroEnded(arena, name).address());
        at.set(ValueLayout.JAVA_INT, offset + 8, type);
        at.set(ValueLayout.JAVA_LONG, offset + 16, copy(arena, value, from, length).address());
        at.set(ValueLayout.JAVA_LONG, offset + 24, length);
    }
}
