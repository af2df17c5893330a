package dev.weir.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What stands in certificates, and in what only looks like one. */
class CertificateViewTest {

    /** {@code openssl req -x509 -newkey ec -subj /C=FR/O=Org/OU=u1/OU=u2/CN=x,y}, alternative names, one policy. */
    private static final byte[] DER = Base64.getMimeDecoder().decode("""
            MIICGzCCAcKgAwIBAgIUUHDPxFAKfgLJsuW8ykuPEMwsUUUwCgYIKoZIzj0EAwIwQzELMAkGA1UE
            BhMCRlIxDDAKBgNVBAoMA09yZzELMAkGA1UECwwCdTExCzAJBgNVBAsMAnUyMQwwCgYDVQQDDAN4
            LHkwHhcNMjYxMTIxMTUzOTA5WhcNMzYxMTE4MTUzOTA5WjBDMQswCQYDVQQGEwJGUjEMMAoGA1UE
            CgwDT3JnMQswCQYDVQQLDAJ1MTELMAkGA1UECwwCdTIxDDAKBgNVBAMMA3gseTBZMBMGByqGSM49
            AgEGCCqGSM49AwEHA0IABHNCVDyUBc7G6x/vODuXTeu7VE1oZ33luf3ALbwPH2hOmAnassTOYNAM
            bpB1f6gic3RBRHF82s3X0VgVkZWEnI+jgZMwgZAwHQYDVR0OBBYEFAW9u4cpqktQkVu+FGUvPHXK
            dULCMB8GA1UdIwQYMBaAFAW9u4cpqktQkVu+FGUvPHXKdULCMA8GA1UdEwEB/wQFMAMBAf8wKwYD
            VR0RBCQwIoIGYS50ZXN0gggqLmIudGVzdIcEfwAAAYEIbUBhLnRlc3QwEAYDVR0gBAkwBzAFBgMq
            AwQwCgYIKoZIzj0EAwIDRwAwRAIgHCxuwGKFDTM6OPnK1VME7sivge9d4F8N3MJU7BxRgegCIAik
            oqJctrIAKHF67wcH2mHGJN8lGImFPeunotU4LO7k
            """);

    private static CertificateView view(byte[] der) {
        return new CertificateView(der, new byte[][] {der});
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @Test
    void readsNames() {
        DistinguishedName name = view(DER).name(CertificateView.Name.SUBJECT);
        assertEquals("/C=FR/O=Org/OU=u1/OU=u2/CN=x,y", text(name.oneLine()));
        assertEquals("CN=x\\,y,OU=u2,OU=u1,O=Org,C=FR", text(name.rfc2253()));
        assertEquals("u2", text(name.entry("OU", 2)));
        assertEquals("u1", text(name.entry("OU", -2)));
        assertEquals(null, name.entry("OU", 3));
        assertEquals(List.of("a.test", "*.b.test", "x,y"), view(DER).hostNames());
        assertEquals("DNS:a.test, DNS:*.b.test, IP Address:127.0.0.1, email:m@a.test", view(DER).alternativeNames());
    }

    @Test
    void readsTheRest() {
        CertificateView view = view(DER);
        assertEquals(3, view.version());
        assertEquals("id-ecPublicKey", view.keyAlgorithm());
        assertEquals("ecdsa-with-SHA256", view.signatureAlgorithm());
        assertEquals(List.of("1.2.3.4"), view.policies());
        assertEquals(13, view.notAfter().length());
    }

    @Test
    void nothingBreaksIt() {
        Random random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            byte[] broken = DER.clone();
            for (int i = random.nextInt(5); i >= 0; i--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            CertificateView view = view(java.util.Arrays.copyOf(broken, 1 + random.nextInt(broken.length)));
            assertNotNull(view.hostNames());
            assertNotNull(view.policies());
            view.alternativeNames();
            view.name(CertificateView.Name.ROOT).rfc2253();
        }
    }
}
