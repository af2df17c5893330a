package dev.weir.net.tls;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes contexts of what lines say. Errors tell what could not be set; who asked knows where that stands. One per
 * configuration; boot's thread.
 */
public final class ContextBuilder {

    private static final int VERIFY_PEER = 1;
    private static final int VERIFY_REQUIRED = 1 | 2;
    private static final int MODES = 1 | 2 | 0x10;
    private static final int CACHE_OFF = 0;
    private static final int CACHE_SERVER = 2;
    private static final int DEFAULT_CACHE = 20_000;
    private static final int LEAST_FRAGMENT = 512;
    private static final int SCT_EXTENSION = 18;
    private static final int SERVERINFO_V1 = 1;
    private static final int MOST_EARLY = 15_360;
    private static final String[] TRUSTED = {"ca-file", "ca-verify-file", "crl-file"};

    private final TlsTerms tuning;
    private final Map<String, TrustFile> trusted;
    private final TlsLife life;
    private long dhParameters;
    private byte[] dhText = {};

    /** @param tuning the {@code tune.ssl} words, without that prefix, and other global ones */
    public ContextBuilder(TlsTerms tuning) {
        this(tuning, new HashMap<>(), new TlsLife());
    }

    ContextBuilder(TlsTerms tuning, Map<String, TrustFile> trusted, TlsLife life) {
        this.tuning = tuning;
        this.trusted = trusted;
        this.life = life;
    }

    /** A number that global lines say. */
    int tuned(String word, int otherwise) {
        return tuning.number(word, otherwise);
    }

    /** The file of that name, read once. */
    public TrustFile trust(String path) throws TlsError {
        TrustFile known = trusted.get(path);
        if (known == null) {
            known = life.current(TrustFile.load(path));
            trusted.put(path, known);
        }
        return known;
    }

    /** Whether a list of authorities or revocations is named there. */
    static boolean trusts(TlsTerms terms, String path) {
        return path.equals(terms.get("ca-file")) || path.equals(terms.get("ca-verify-file"))
                || path.equals(terms.get("crl-file"));
    }

    /** All that makes one context another than the next. */
    private String key(String side, TlsTerms terms, CertificateFile file, String realm, TicketKeys tickets) throws TlsError {
        dhParameters();
        StringBuilder key = new StringBuilder(side);
        key.append('\n').append(new TreeMap<>(terms.words())).append('\n').append(new TreeMap<>(tuning.words()));
        key.append('\n').append(file == null ? 0 : file.serial()).append('\n').append(realm);
        for (String word : TRUSTED) {
            key.append('\n').append(terms.get(word) == null ? 0 : trust(terms.get(word)).serial());
        }
        return key.append('\n').append(System.identityHashCode(tickets)).append('\n')
                .append(new String(dhText, StandardCharsets.ISO_8859_1)).toString();
    }

    /**
     * For connections that are accepted.
     *
     * @param file what is shown, or null
     * @param realm what sessions are bound to: none begun elsewhere goes on here
     */
    public TlsContext accepting(TlsTerms terms, CertificateFile file, String realm) throws TlsError {
        TicketKeys tickets = terms.get("tls-ticket-keys") == null ? null : life.tickets(terms.get("tls-ticket-keys"));
        String key = key("accepting", terms, file, realm, tickets);
        TlsContext known = life.context(key);
        return known != null ? known : life.keep(key, accepting(terms, file, realm, tickets));
    }

    private TlsContext accepting(TlsTerms terms, CertificateFile file, String realm, TicketKeys tickets) throws TlsError {
        long context = open("TLS_server_method", terms);
        try {
            return accepting(context, terms, file, realm, tickets);
        } catch (TlsError e) {
            OpenSsl.call("SSL_CTX_free", context);
            throw e;
        }
    }

    private TlsContext accepting(long context, TlsTerms terms, CertificateFile file, String realm, TicketKeys tickets)
            throws TlsError {
        apply(context, terms, true);
        boolean asks = verifies(terms);
        if (asks) {
            String how = terms.get("verify");
            OpenSsl.call("SSL_CTX_set_verify", context, how.equals("required") ? VERIFY_REQUIRED : VERIFY_PEER,
                    Upcalls.VERIFY);
            if (terms.get("ca-file") == null && terms.get("ca-verify-file") == null) {
                throw new TlsError("verify is enabled but no CA file specified");
            }
            trustPeers(context, terms);
            if (!terms.has("no-ca-names") && terms.get("ca-file") != null) {
                trust(terms.get("ca-file")).announce(context);
            }
        }
        show(context, file);
        exchange(context, file);
        if (file != null && file.stapled() != null) {
            OpenSsl.call("SSL_CTX_callback_ctrl", context, SslControl.STATUS_CALLBACK, Upcalls.STATUS);
        }
        keepSessions(context, realm);
        if (tickets != null) {
            OpenSsl.call("SSL_CTX_set_tlsext_ticket_key_evp_cb", context, Upcalls.TICKET);
        } else {
            life.sealTickets(context);
        }
        if (terms.has("allow-0rtt")) {
            OpenSsl.call("SSL_CTX_set_max_early_data", context, MOST_EARLY);
            // requests say that they may be repetitions; to have each ticket used once all processes would have to agree
            OpenSsl.call("SSL_CTX_set_options", context, SslControl.OP_NO_ANTI_REPLAY);
        }
        byte[] alpn = alpn(terms);
        if (alpn.length > 0) {
            OpenSsl.call("SSL_CTX_set_alpn_select_cb", context, Upcalls.ALPN, 0);
        }
        return finished(context, file, terms, alpn, tickets, asks, TlsCounters.FRONT);
    }

    /**
     * For connections that are dialled.
     *
     * @param realm which server they are to
     */
    public TlsContext dialling(TlsTerms terms, CertificateFile file, String realm) throws TlsError {
        String key = key("dialling", terms, file, realm, null);
        TlsContext known = life.context(key);
        return known != null ? known : life.keep(key, dialling(terms, file));
    }

    private TlsContext dialling(TlsTerms terms, CertificateFile file) throws TlsError {
        long context = open("TLS_client_method", terms);
        try {
            return dialling(context, terms, file);
        } catch (TlsError e) {
            OpenSsl.call("SSL_CTX_free", context);
            throw e;
        }
    }

    private TlsContext dialling(long context, TlsTerms terms, CertificateFile file) throws TlsError {
        apply(context, terms, false);
        if (!"none".equals(terms.get("verify"))) {
            OpenSsl.call("SSL_CTX_set_verify", context, VERIFY_PEER, Upcalls.VERIFY);
            trustPeers(context, terms);
        }
        show(context, file);
        OpenSsl.call("SSL_CTX_ctrl", context, SslControl.SESSION_CACHE_MODE, CACHE_OFF, 0);
        byte[] alpn = alpn(terms);
        if (alpn.length > 0) {
            try (Arena arena = Arena.ofConfined()) {
                OpenSsl.call("SSL_CTX_set_alpn_protos", context, OpenSsl.copy(arena, alpn), alpn.length);
            }
        }
        return finished(context, file, terms, alpn, null, true, TlsCounters.BACK);
    }

    private TlsContext finished(long context, CertificateFile file, TlsTerms terms, byte[] alpn, TicketKeys tickets,
            boolean asks, TlsCounters counters) throws TlsError {
        if (tuning.number("keylog", 0) > 0 || "on".equals(tuning.get("keylog"))) {
            OpenSsl.call("SSL_CTX_set_keylog_callback", context, Upcalls.KEYLOG);
        }
        return new TlsContext(context, file, alpn, tickets, asks, ignored(terms, "ca-ignore-err"),
                ignored(terms, "crt-ignore-err"), tuning.number("maxrecord", 0),
                counters == TlsCounters.FRONT && terms.has("allow-0rtt"), counters);
    }

    private static boolean verifies(TlsTerms terms) {
        String how = terms.get("verify");
        return how != null && !how.equals("none");
    }

    private static ErrorSet ignored(TlsTerms terms, String word) throws TlsError {
        return terms.get(word) == null ? ErrorSet.NONE : ErrorSet.parse(terms.get(word));
    }

    private static byte[] alpn(TlsTerms terms) {
        byte[] wire = terms.get("alpn") == null ? null : Alpn.wire(terms.get("alpn"));
        return wire == null ? Alpn.NONE : wire;
    }

    private static long open(String method, TlsTerms terms) throws TlsError {
        if (OpenSsl.missing() != null) {
            throw new TlsError(OpenSsl.missing());
        }
        VersionRange range = VersionRange.of(terms);
        if (range == null) {
            throw new TlsError("all SSL/TLS versions are disabled");
        }
        long context = OpenSsl.call("SSL_CTX_new", OpenSsl.call(method));
        range.apply(context);
        return context;
    }

    /** What both sides have. */
    private void apply(long context, TlsTerms terms, boolean accepting) throws TlsError {
        long options = SslControl.OP_ALL | SslControl.OP_NO_COMPRESSION;
        // clients never may; servers may unless their line says otherwise
        options |= accepting || terms.has("no-renegotiate") ? SslControl.OP_NO_RENEGOTIATION : 0;
        options |= terms.has("no-tls-tickets") ? SslControl.OP_NO_TICKET : 0;
        options |= terms.has("prefer-client-ciphers") ? 0
                : SslControl.OP_SERVER_PREFERENCE | SslControl.OP_PRIORITIZE_CHACHA;
        OpenSsl.call("SSL_CTX_set_options", context, options);
        OpenSsl.call("SSL_CTX_ctrl", context, SslControl.MODE, MODES, 0);
        if (tuning.number("security-level", -1) >= 0) {
            OpenSsl.call("SSL_CTX_set_security_level", context, tuning.number("security-level", 1));
        }
        int fragment = tuning.number("hard-maxrecord", 0);
        if (fragment >= LEAST_FRAGMENT) {
            OpenSsl.call("SSL_CTX_ctrl", context, SslControl.MAX_FRAGMENT, fragment, 0);
        }
        set(context, terms, "ciphers", "SSL_CTX_set_cipher_list", "SSL cipher list");
        set(context, terms, "ciphersuites", "SSL_CTX_set_ciphersuites", "TLS 1.3 cipher suites");
        control(context, terms, "sigalgs", SslControl.SIGALGS_LIST, "SSL Signature Algorithm list");
        control(context, terms, "client-sigalgs", SslControl.CLIENT_SIGALGS_LIST, "SSL Signature Algorithm list");
        control(context, terms, "curves", SslControl.GROUPS_LIST, "SSL curves list");
        if (terms.get("curves") == null) {
            control(context, terms, "ecdhe", SslControl.GROUPS_LIST, "elliptic named curve");
        }
    }

    /**
     * Parameters for ciphers with DHE: the certificate's file's own, else those of {@code ssl-dh-param-file}. Everybody's
     * groups are not offered unasked.
     */
    private void exchange(long context, CertificateFile file) throws TlsError {
        long parameters = file != null && file.exchange() != 0 ? file.exchange() : dhParameters();
        int most = tuning.number("default-dh-param", 0);
        if (parameters != 0) {
            OpenSsl.call("EVP_PKEY_up_ref", parameters);
        } else if (most > 0 && file != null) {
            parameters = DhGroups.forKey(file.keyBits(), most);
        }
        if (parameters != 0) {
            OpenSsl.call("SSL_CTX_set0_tmp_dh_pkey", context, parameters);
            OpenSsl.clearErrors();
        }
    }

    /** Those of {@code ssl-dh-param-file}, read once; 0 for the library's own. */
    private long dhParameters() throws TlsError {
        String file = tuning.get("ssl-dh-param-file");
        if (file != null && dhParameters == 0) {
            try {
                PemFile pem = PemFile.read(file);
                dhParameters = pem == null ? 0 : pem.parameters();
                dhText = pem == null ? dhText : pem.bytes();
                Native.own(this, "EVP_PKEY_free", dhParameters);
            } catch (java.io.IOException e) {
                dhParameters = 0;
            }
            if (dhParameters == 0) {
                throw new TlsError("unable to load DH parameters from file <" + file + ">");
            }
        }
        return dhParameters;
    }

    private static void set(long context, TlsTerms terms, String word, String function, String what) throws TlsError {
        String value = terms.get(word);
        if (value != null) {
            try (Arena arena = Arena.ofConfined()) {
                refuse((int) OpenSsl.call(function, context, OpenSsl.zeroEnded(arena, value).address()), what, value);
            }
        }
    }

    private static void control(long context, TlsTerms terms, String word, int command, String what) throws TlsError {
        String value = terms.get(word);
        if (value != null) {
            try (Arena arena = Arena.ofConfined()) {
                refuse((int) OpenSsl.call("SSL_CTX_ctrl", context, command, 0, OpenSsl.zeroEnded(arena, value).address()),
                        what, value);
            }
        }
    }

    private static void refuse(int result, String what, String value) throws TlsError {
        OpenSsl.clearErrors();
        if (result != 1) {
            throw new TlsError("unable to set " + what + " to '" + value + "'");
        }
    }

    private void trustPeers(long context, TlsTerms terms) throws TlsError {
        long store = OpenSsl.call("X509_STORE_new");
        for (String word : new String[] {"ca-file", "ca-verify-file"}) {
            if (terms.get(word) != null) {
                trust(terms.get(word)).trust(store);
            }
        }
        if (terms.get("crl-file") != null) {
            trust(terms.get("crl-file")).revoke(store);
        }
        OpenSsl.call("SSL_CTX_ctrl", context, SslControl.VERIFY_STORE, 1, store);
        OpenSsl.call("X509_STORE_free", store);
    }

    private void show(long context, CertificateFile file) throws TlsError {
        if (file == null) {
            return;
        }
        if ((int) OpenSsl.call("SSL_CTX_use_certificate", context, file.certificate()) != 1
                || (int) OpenSsl.call("SSL_CTX_use_PrivateKey", context, file.key()) != 1) {
            OpenSsl.clearErrors();
            throw new TlsError("unable to load SSL certificate into SSL Context '" + file.name() + "'");
        }
        boolean skips = tuning.has("ssl-skip-self-issued-ca");
        for (long each : file.chain()) {
            if (skips && (int) OpenSsl.call("X509_check_issued", each, each) == 0) {
                continue;
            }
            OpenSsl.call("SSL_CTX_ctrl", context, SslControl.ADD_CHAIN, 1, each);
        }
        if (file.timestamps() != null) {
            byte[] info = new byte[4 + file.timestamps().length];
            info[1] = SCT_EXTENSION;
            info[2] = (byte) (file.timestamps().length >> 8);
            info[3] = (byte) file.timestamps().length;
            System.arraycopy(file.timestamps(), 0, info, 4, file.timestamps().length);
            try (Arena arena = Arena.ofConfined()) {
                OpenSsl.call("SSL_CTX_use_serverinfo_ex", context, SERVERINFO_V1, OpenSsl.copy(arena, info), info.length);
            }
        }
        OpenSsl.clearErrors();
    }

    private void keepSessions(long context, String realm) {
        int size = tuning.number("cachesize", DEFAULT_CACHE);
        OpenSsl.call("SSL_CTX_ctrl", context, SslControl.SESSION_CACHE_MODE, size > 0 ? CACHE_SERVER : CACHE_OFF, 0);
        OpenSsl.call("SSL_CTX_ctrl", context, SslControl.SESSION_CACHE_SIZE, Math.max(size, 1), 0);
        // tickets are announced with the library's own time unless a line says another, as HAProxy does
        if (tuning.number("lifetime", 0) > 0) {
            OpenSsl.call("SSL_CTX_set_timeout", context, tuning.number("lifetime", 0));
        }
        try (Arena arena = Arena.ofConfined()) {
            byte[] id = MessageDigest.getInstance("SHA-256").digest(realm.getBytes(StandardCharsets.UTF_8));
            OpenSsl.call("SSL_CTX_set_session_id_context", context, OpenSsl.copy(arena, id), id.length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
