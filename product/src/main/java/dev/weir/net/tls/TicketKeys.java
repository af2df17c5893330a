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
 * that machines which share the file may change it one after the other. Immutable.
 */
public final class TicketKeys {

    private static final int KEPT = 3;
    private static final int SMALL = 48;
    private static final int LARGE = 80;
    private static final int NAME = 16;
    private static final int PARAMETER = 40;
    private static final int UTF8 = 4;
    private static final int OCTETS = 5;

    /** One key: its name, the address of the cipher's key, and the parameters of the MAC. */
    private record Key(byte[] name, String cipher, long cipherKey, long macParameters) {}

    private final List<Key> keys;

    private TicketKeys(List<Key> keys) {
        this.keys = keys;
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
        List<Key> keys = new ArrayList<>();
        for (byte[] each : all.subList(all.size() - KEPT, all.size())) {
            keys.add(each.length == SMALL ? key(each, "EVP_aes_128_cbc", NAME, 32, 16)
                    : key(each, "EVP_aes_256_cbc", 48, NAME, 32));
        }
        return new TicketKeys(keys);
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

    private static Key key(byte[] bytes, String cipher, int cipherAt, int macAt, int length) {
        MemorySegment parameters = Arena.global().allocate(3L * PARAMETER, 8);
        parameter(parameters, 0, "key", OCTETS, java.util.Arrays.copyOfRange(bytes, macAt, macAt + length));
        parameter(parameters, PARAMETER, "digest", UTF8, "SHA256".getBytes(StandardCharsets.US_ASCII));
        return new Key(java.util.Arrays.copyOf(bytes, NAME), cipher,
                OpenSsl.forEver(java.util.Arrays.copyOfRange(bytes, cipherAt, cipherAt + length)), parameters.address());
    }

    private static void parameter(MemorySegment at, long offset, String name, int type, byte[] value) {
        at.set(ValueLayout.JAVA_LONG, offset, OpenSsl.forEver(name.getBytes(StandardCharsets.US_ASCII)));
        at.set(ValueLayout.JAVA_INT, offset + 8, type);
        at.set(ValueLayout.JAVA_LONG, offset + 16, OpenSsl.forEver(value));
        at.set(ValueLayout.JAVA_LONG, offset + 24, value.length);
    }

    /** The library's question: 1 done, 2 done and to be renewed, 0 no such key, negative an error. */
    int use(long name, long iv, long cipher, long mac, boolean sealing) {
        if (sealing) {
            Key key = keys.get(KEPT - 2);
            MemorySegment.copy(key.name, 0, MemorySegment.ofAddress(name).reinterpret(NAME), ValueLayout.JAVA_BYTE, 0, NAME);
            return (int) OpenSsl.call("RAND_bytes", iv, NAME) == 1 && begin("EVP_EncryptInit_ex", key, iv, cipher, mac)
                    ? 1 : -1;
        }
        byte[] wanted = OpenSsl.bytes(name, NAME);
        for (int i = 0; i < keys.size(); i++) {
            if (java.util.Arrays.equals(keys.get(i).name, wanted)) {
                boolean begun = begin("EVP_DecryptInit_ex", keys.get(i), iv, cipher, mac);
                return !begun ? -1 : i == KEPT - 2 ? 1 : 2;
            }
        }
        return 0;
    }

    private static boolean begin(String function, Key key, long iv, long cipher, long mac) {
        return (int) OpenSsl.call("EVP_MAC_CTX_set_params", mac, key.macParameters) == 1
                && (int) OpenSsl.call(function, cipher, OpenSsl.call(key.cipher), 0, key.cipherKey, iv, 0) == 1;
    }
}
