package dev.weir.net.tls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An answer of a certificate's authority: what it is about, and in words. Stateless. */
public final class OcspText {

    private OcspText() {}

    static long parse(byte[] answer) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cursor = arena.allocate(8, 8);
            cursor.set(ValueLayout.JAVA_LONG, 0, OpenSsl.copy(arena, answer));
            long parsed = OpenSsl.call("d2i_OCSP_RESPONSE", 0, cursor.address(), answer.length);
            OpenSsl.clearErrors();
            return parsed;
        }
    }

    /** As the library prints it; empty when it cannot be read. */
    public static String of(byte[] answer) {
        long parsed = parse(answer);
        if (parsed == 0) {
            return "";
        }
        long bio = OpenSsl.call("BIO_new", OpenSsl.call("BIO_s_mem"));
        OpenSsl.call("OCSP_RESPONSE_print", bio, parsed, 0);
        String text = PemFile.textOf(bio);
        OpenSsl.call("BIO_free", bio);
        OpenSsl.call("OCSP_RESPONSE_free", parsed);
        return text;
    }

    /** A certificate's name in answers, field by field. */
    public static String ofKey(byte[] key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cursor = arena.allocate(8, 8);
            cursor.set(ValueLayout.JAVA_LONG, 0, OpenSsl.copy(arena, key));
            long id = OpenSsl.call("d2i_OCSP_CERTID", 0, cursor.address(), key.length);
            MemorySegment out = arena.allocate(32, 8);
            OpenSsl.call("OCSP_id_get0_info", out.address(), 0, out.address() + 8, out.address() + 16, id, 0);
            StringBuilder text = new StringBuilder("    Issuer Name Hash: ");
            text.append(RevocationText.printed("i2a_ASN1_STRING", out.get(ValueLayout.JAVA_LONG, 0)));
            text.append("\n    Issuer Key Hash: ");
            text.append(RevocationText.printed("i2a_ASN1_STRING", out.get(ValueLayout.JAVA_LONG, 8)));
            text.append("\n    Serial Number: ");
            text.append(RevocationText.printed("i2a_ASN1_INTEGER", out.get(ValueLayout.JAVA_LONG, 16)));
            OpenSsl.call("OCSP_CERTID_free", id);
            return text.append('\n').toString();
        }
    }
}
