package dev.weir.net.tls;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A certificate, and those that came with it, as expressions ask about it. Immutable. */
public final class CertificateView {

    /** Which name of it. */
    public enum Name { SUBJECT, ISSUER, ROOT }

    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String POLICIES = "2.5.29.32";
    private static final int DNS_NAME = 0x82;
    private static final int EXPLICIT_EXTENSIONS = 0xa3;

    private final byte[] der;
    private final byte[][] chain;
    private int version = 1;
    private byte[] serial = {};
    private String signature = "";
    private String key = "";
    private byte[] issuer = {};
    private byte[] subject = {};
    private String notBefore = "";
    private String notAfter = "";
    private byte[] extensions = {};

    public CertificateView(byte[] der, byte[][] chain) {
        this.der = der;
        this.chain = chain;
        parse();
    }

    /** Copies what the library holds. */
    static CertificateView of(long certificate, long others, boolean withoutFirst) {
        List<byte[]> chain = new ArrayList<>();
        byte[] first = encode(certificate);
        chain.add(first);
        int count = others == 0 ? 0 : OpenSsl.number("OPENSSL_sk_num", others);
        for (int i = withoutFirst ? 0 : 1; i < count; i++) {
            chain.add(encode(OpenSsl.call("OPENSSL_sk_value", others, i)));
        }
        return new CertificateView(first, chain.toArray(new byte[0][]));
    }

    static byte[] encode(long certificate) {
        return encode("i2d_X509", certificate);
    }

    /** What one of the library's functions makes of one of its objects. */
    static byte[] encode(String encoder, long object) {
        try (Arena arena = Arena.ofConfined()) {
            int length = (int) OpenSsl.call(encoder, object, 0);
            MemorySegment out = arena.allocate(Math.max(1, length));
            MemorySegment cursor = arena.allocate(8, 8);
            cursor.set(ValueLayout.JAVA_LONG, 0, out.address());
            OpenSsl.call(encoder, object, cursor.address());
            return OpenSsl.bytes(out.address(), Math.max(0, length));
        }
    }

    private void parse() {
        Der outer = new Der(der, 0, der.length);
        if (!outer.next()) {
            return;
        }
        Der parts = outer.inside();
        parts.next();
        Der body = parts.inside();
        body.next();
        if (body.tag() == 0xa0) {
            Der number = body.inside();
            version = number.next() && number.length() == 1 ? number.value()[0] + 1 : 1;
            body.next();
        }
        serial = body.value();
        body.next();
        signature = firstOid(body.inside());
        body.next();
        issuer = body.whole();
        body.next();
        Der validity = body.inside();
        notBefore = validity.next() ? new String(validity.value(), StandardCharsets.US_ASCII) : "";
        notAfter = validity.next() ? new String(validity.value(), StandardCharsets.US_ASCII) : "";
        body.next();
        subject = body.whole();
        body.next();
        Der keyInfo = body.inside();
        key = keyInfo.next() ? firstOid(keyInfo.inside()) : "";
        while (body.next()) {
            if (body.tag() == EXPLICIT_EXTENSIONS) {
                extensions = body.value();
            }
        }
    }

    private static String firstOid(Der sequence) {
        return sequence.next() && sequence.tag() == Der.OID ? sequence.oid() : "";
    }

    /** Those that came with it, without itself. */
    public List<CertificateView> others() {
        List<CertificateView> others = new ArrayList<>();
        for (int i = 1; i < chain.length; i++) {
            others.add(new CertificateView(chain[i], new byte[][] {chain[i]}));
        }
        return others;
    }

    public byte[] der() {
        return der;
    }

    /** All of them behind each other. */
    public byte[] chainDer() {
        return encodedFrom(0);
    }

    /** Those that came with it, or null where it came alone. */
    public byte[] othersDer() {
        return chain.length > 1 ? encodedFrom(1) : null;
    }

    private byte[] encodedFrom(int first) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = first; i < chain.length; i++) {
            out.writeBytes(chain[i]);
        }
        return out.toByteArray();
    }

    public int version() {
        return version;
    }

    public byte[] serial() {
        return serial;
    }

    /** {@code YYMMDDhhmmss[Z]}, with the century where that is written. */
    public String notBefore() {
        return notBefore;
    }

    public String notAfter() {
        return notAfter;
    }

    public String signatureAlgorithm() {
        return ObjectNames.of(signature);
    }

    public String keyAlgorithm() {
        return ObjectNames.of(key);
    }

    public DistinguishedName name(Name which) {
        return switch (which) {
            case SUBJECT -> new DistinguishedName(subject);
            case ISSUER -> new DistinguishedName(issuer);
            case ROOT -> new CertificateView(chain[chain.length - 1], chain).name(Name.ISSUER);
        };
    }

    /** The names a server with this certificate may have: its alternative ones and its common one. */
    List<String> hostNames() {
        List<String> names = new ArrayList<>();
        for (byte[] each : alternatives(DNS_NAME)) {
            names.add(new String(each, StandardCharsets.ISO_8859_1));
        }
        byte[] common = name(Name.SUBJECT).entry("CN", 1);
        if (common != null) {
            names.add(new String(common, StandardCharsets.ISO_8859_1));
        }
        return names;
    }

    private List<byte[]> alternatives(int tag) {
        List<byte[]> found = new ArrayList<>();
        byte[] value = extension(ALTERNATIVE_NAMES);
        Der outer = new Der(value, 0, value.length);
        if (outer.next()) {
            for (Der names = outer.inside(); names.next(); ) {
                if (tag < 0 || names.tag() == tag) {
                    found.add(tag < 0 ? names.whole() : names.value());
                }
            }
        }
        return found;
    }

    /** The alternative names as {@code DNS:name, DNS:name, ...}, or null. */
    public String alternativeNames() {
        StringBuilder text = new StringBuilder();
        for (byte[] each : alternatives(-1)) {
            Der name = new Der(each, 0, each.length);
            name.next();
            String value = new String(name.value(), StandardCharsets.ISO_8859_1);
            String shown = switch (name.tag()) {
                case 0x81 -> "email:" + value;
                case DNS_NAME -> "DNS:" + value;
                case 0x86 -> "URI:" + value;
                case 0x87 -> "IP Address:" + address(name.value());
                default -> null;
            };
            if (shown != null) {
                text.append(text.isEmpty() ? "" : ", ").append(shown);
            }
        }
        return text.isEmpty() ? null : text.toString();
    }

    private static String address(byte[] octets) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < octets.length; i += octets.length == 4 ? 1 : 2) {
            text.append(i == 0 ? "" : octets.length == 4 ? "." : ":");
            text.append(octets.length == 4 || i + 1 >= octets.length ? Integer.toString(octets[i] & 0xff)
                    : Integer.toHexString((octets[i] & 0xff) << 8 | octets[i + 1] & 0xff)
                            .toUpperCase(java.util.Locale.ROOT));
        }
        return text.toString();
    }

    /** The identifiers of its policies, in figures. */
    public List<String> policies() {
        List<String> found = new ArrayList<>();
        byte[] value = extension(POLICIES);
        Der outer = new Der(value, 0, value.length);
        if (outer.next()) {
            for (Der policies = outer.inside(); policies.next(); ) {
                found.add(firstOid(policies.inside()));
            }
        }
        return found;
    }

    private byte[] extension(String oid) {
        Der outer = new Der(extensions, 0, extensions.length);
        if (outer.next()) {
            for (Der each = outer.inside(); each.next(); ) {
                Der parts = each.inside();
                if (parts.next() && parts.oid().equals(oid)) {
                    byte[] value = {};
                    while (parts.next()) {
                        value = parts.value();
                    }
                    return value;
                }
            }
        }
        return new byte[0];
    }
}
