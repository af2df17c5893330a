package dev.weir.it.rig;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Takes every certificate, for cases that are about something else. */
public final class Anybody extends X509ExtendedTrustManager {

    public static final TrustManager[] ALONE = {new Anybody()};

    private Anybody() {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {
        // not asked
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {
        // anybody
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
        // not asked
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
        // anybody
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {
        // not asked
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {
        // anybody
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
