package dev.weir.keyword.convert;

import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** An encrypted web token in its compact form (RFC 7516): five parts, and what the first of them says. One per use. */
final class JweToken {

    private static final int PARTS = 5;
    private static final int TAG_BYTES = 16;

    private final byte[][] parts;
    private final byte[] associated;

    private JweToken(byte[][] parts, byte[] associated) {
        this.parts = parts;
        this.associated = associated;
    }

    /** Null for what is no such token. */
    static JweToken parse(Sample text) {
        byte[][] parts = new byte[PARTS][];
        int from = text.at();
        byte[] associated = null;
        for (int i = 0; i < PARTS; i++) {
            int to = from;
            while (to < text.end() && text.bytes()[to] != '.') {
                to++;
            }
            boolean last = to == text.end();
            parts[i] = last == (i == PARTS - 1) ? decode(text.bytes(), from, to - from) : null;
            if (parts[i] == null) {
                return null;
            }
            associated = i == 0 ? Arrays.copyOfRange(text.bytes(), from, to) : associated;
            from = to + 1;
        }
        return new JweToken(parts, associated);
    }

    /** Null for what is not written in the alphabet for URLs. */
    static byte[] decode(byte[] text, int at, int length) {
        Area out = new Area(length + 1);
        return Base64Text.decode(text, at, length, Base64Text.URL, out) ? Arrays.copyOf(out.bytes(), out.length()) : null;
    }

    /** A text in the header, or null. */
    byte[] said(String path) {
        return member(parts[0], path);
    }

    /** Bytes in the header, or null. */
    byte[] bytes(String path) {
        byte[] text = said(path);
        return text == null ? null : decode(text, 0, text.length);
    }

    /** A text in a JSON object, or null. */
    static byte[] member(byte[] json, String path) {
        JsonScanner scanner = new JsonScanner(json, 0, json.length);
        Sample value = new Sample();
        boolean found = scanner.find(JsonPath.parse(path)) && scanner.value(false, value, new Area(json.length + 1));
        return found && value.type() == SampleType.STRING
                ? Arrays.copyOfRange(value.bytes(), value.at(), value.end()) : null;
    }

    /** The key that the content was encrypted with, itself encrypted. */
    byte[] encryptedKey() {
        return parts[1];
    }

    /** The content (RFC 7518 section 5). */
    byte[] content(JweEncryption encryption, byte[] key) throws GeneralSecurityException {
        if (key.length != encryption.keyBytes()) {
            throw new GeneralSecurityException("another length of key");
        }
        return encryption.isGcm() ? gcm(key) : cbc(key);
    }

    private byte[] gcm(byte[] key) throws GeneralSecurityException {
        return open(key, parts[2], associated, parts[3], parts[4]);
    }

    static byte[] open(byte[] key, byte[] nonce, byte[] associated, byte[] text, byte[] tag)
            throws GeneralSecurityException {
        if (tag.length != TAG_BYTES || nonce.length == 0) {
            throw new GeneralSecurityException("a tag or nonce of another length");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(associated);
        byte[] whole = Arrays.copyOf(text, text.length + TAG_BYTES);
        System.arraycopy(tag, 0, whole, text.length, TAG_BYTES);
        return cipher.doFinal(whole);
    }

    /** RFC 7518 section 5.2: the first half of the key seals, the second encrypts. */
    private byte[] cbc(byte[] key) throws GeneralSecurityException {
        int half = key.length / 2;
        Mac mac = Mac.getInstance("HmacSHA" + 16 * half);
        mac.init(new SecretKeySpec(key, 0, half, mac.getAlgorithm()));
        mac.update(associated);
        mac.update(parts[2]);
        mac.update(parts[3]);
        long bits = 8L * associated.length;
        byte[] length = new byte[8];
        for (int i = 0; i < 8; i++) {
            length[i] = (byte) (bits >> 56 - 8 * i);
        }
        byte[] seal = Arrays.copyOf(mac.doFinal(length), half);
        if (!MessageDigest.isEqual(seal, parts[4])) {
            throw new GeneralSecurityException("another seal");
        }
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, half, half, "AES"), new IvParameterSpec(parts[2]));
        return cipher.doFinal(parts[3]);
    }
}
