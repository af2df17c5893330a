package dev.weir.net.tls;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What stands in a PEM file, read by the library. Who takes something of it frees it. */
final class PemFile {

    private final byte[] bytes;

    PemFile(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Null when there is no such file. */
    static PemFile read(String path) throws IOException {
        try {
            return new PemFile(Files.readAllBytes(Path.of(path)));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether a private key in it needs a pass phrase. */
    boolean isSealed() {
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        return text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || text.contains("Proc-Type: 4,ENCRYPTED");
    }

    /** Reads one kind of thing until there is no more of it. */
    private long[] all(String reader, int most) {
        return all(reader, most, "");
    }

    private long[] all(String reader, int most, String pass) {
        long[] found = {};
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(bytes.length + 1L);
            MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
            long bio = OpenSsl.call("BIO_new_mem_buf", memory.address(), bytes.length);
            // were there no pass phrase at all, the library would ask for one at the terminal
            long phrase = OpenSsl.zeroEnded(arena, pass).address();
            long each = OpenSsl.call(reader, bio, 0, 0, phrase);
            while (each != 0) {
                found = java.util.Arrays.copyOf(found, found.length + 1);
                found[found.length - 1] = each;
                each = found.length >= most ? 0 : OpenSsl.call(reader, bio, 0, 0, phrase);
            }
            OpenSsl.call("BIO_free", bio);
            OpenSsl.clearErrors();
        }
        return found;
    }

    /** One thing as PEM text. */
    static String text(String writer, long pointer) {
        long bio = OpenSsl.call("BIO_new", OpenSsl.call("BIO_s_mem"));
        // those of keys take a cipher, which is none, and a pass phrase, which is then not looked at, but must be there
        OpenSsl.call(writer, bio, pointer, 0, bio, 0, 0);
        String text = textOf(bio);
        OpenSsl.call("BIO_free", bio);
        return text;
    }

    /** What was written to memory of the library. */
    static String textOf(long bio) {
        int length = OpenSsl.bioPending(bio);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Math.max(length, 1));
            OpenSsl.bioRead(bio, memory.address(), length);
            return new String(memory.toArray(ValueLayout.JAVA_BYTE), 0, length,
                    java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }

    long[] certificates() {
        return all("PEM_read_bio_X509", Integer.MAX_VALUE);
    }

    long[] revocations() {
        return all("PEM_read_bio_X509_CRL", Integer.MAX_VALUE);
    }

    /** 0 for none. */
    long key() {
        return key(null);
    }

    /** @param pass the pass phrase, or null */
    long key(String pass) {
        long[] keys = all("PEM_read_bio_PrivateKey", 1, pass == null ? "" : pass);
        return keys.length == 0 ? 0 : keys[0];
    }

    /** Parameters of a Diffie-Hellman exchange, the first that there are; 0 for none. */
    long exchange() {
        long found = 0;
        for (long each : all("PEM_read_bio_Parameters", Integer.MAX_VALUE)) {
            if (found == 0 && DhGroups.is(each)) {
                found = each;
            } else {
                OpenSsl.call("EVP_PKEY_free", each);
            }
        }
        return found;
    }

    /** 0 for none. */
    long parameters() {
        // this reader takes no pass phrase
        long[] found = all("PEM_read_bio_Parameters", 1);
        return found.length == 0 ? 0 : found[0];
    }
}
