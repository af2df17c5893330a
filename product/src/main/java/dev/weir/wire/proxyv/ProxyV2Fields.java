package dev.weir.wire.proxyv;

import java.util.ArrayList;
import java.util.List;

/**
 * What a version 2 header carries besides the addresses: the values behind {@code proxy-v2-options} and
 * {@code set-proxy-v2-tlv-fmt}. A value that is null is not sent. Reusable; worker-owned.
 */
public final class ProxyV2Fields {

    private record Custom(int type, byte[] value) {}

    private final List<Custom> custom = new ArrayList<>();
    boolean crc32c;
    byte[] alpn;
    byte[] authority;
    byte[] uniqueId;
    boolean ssl;
    int sslClient;
    int sslVerify;
    byte[] sslVersion;
    byte[] sslCn;
    byte[] sslKeyAlgorithm;
    byte[] sslSignatureAlgorithm;
    byte[] sslCipher;
    byte[] namespace;

    public ProxyV2Fields clear() {
        custom.clear();
        crc32c = false;
        ssl = false;
        sslClient = 0;
        sslVerify = 0;
        alpn = authority = uniqueId = sslVersion = sslCn = null;
        sslKeyAlgorithm = sslSignatureAlgorithm = sslCipher = namespace = null;
        return this;
    }

    public ProxyV2Fields crc32c() {
        crc32c = true;
        return this;
    }

    public ProxyV2Fields alpn(byte[] value) {
        alpn = value;
        return this;
    }

    public ProxyV2Fields authority(byte[] value) {
        authority = value;
        return this;
    }

    /** Cut at 128 bytes; empty when the frontend has no unique-id-format, which HAProxy sends as an empty value. */
    public ProxyV2Fields uniqueId(byte[] value) {
        uniqueId = value;
        return this;
    }

    /** Sends the SSL value. Without TLS on the client's side both numbers are 0, as HAProxy does. */
    public ProxyV2Fields ssl(int clientBits, int verify) {
        ssl = true;
        sslClient = clientBits;
        sslVerify = verify;
        return this;
    }

    public ProxyV2Fields sslVersion(byte[] value) {
        sslVersion = value;
        return this;
    }

    public ProxyV2Fields sslCn(byte[] value) {
        sslCn = value;
        return this;
    }

    public ProxyV2Fields sslKeyAlgorithm(byte[] value) {
        sslKeyAlgorithm = value;
        return this;
    }

    public ProxyV2Fields sslSignatureAlgorithm(byte[] value) {
        sslSignatureAlgorithm = value;
        return this;
    }

    public ProxyV2Fields sslCipher(byte[] value) {
        sslCipher = value;
        return this;
    }

    public ProxyV2Fields namespace(byte[] value) {
        namespace = value;
        return this;
    }

    public ProxyV2Fields custom(int type, byte[] value) {
        custom.add(new Custom(type, value));
        return this;
    }

    int customCount() {
        return custom.size();
    }

    int customType(int index) {
        return custom.get(index).type();
    }

    byte[] customValue(int index) {
        return custom.get(index).value();
    }
}
