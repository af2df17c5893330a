package dev.weir.keyword.fetch;

import dev.weir.base.hash.Hash64;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.ConnectionFacts;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Need;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.net.tls.TlsFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** What expressions can ask about TLS on either side of an exchange (configuration.txt 7.3.4). */
final class TlsFetches {

    private static final String[] SECRETS = {"client_early_traffic_secret", "client_handshake_traffic_secret",
        "client_traffic_secret_0", "early_exporter_secret", "exporter_secret", "server_handshake_traffic_secret",
        "server_traffic_secret_0"};

    /** Lists of the client's hello; a generated value in them is left out when asked for. */
    private static final Map<String, Function<TlsFacts, byte[]>> LISTS = Map.of(
            "cipherlist_bin", TlsFacts::helloCiphers, "eclist_bin", TlsFacts::helloGroups,
            "extlist_bin", TlsFacts::helloExtensions, "sigalgs_bin", TlsFacts::helloSignatures,
            "supported_versions_bin", TlsFacts::helloVersions);

    static final List<FetchKeyword> ALL = rows();

    private TlsFetches() {}

    private static List<FetchKeyword> rows() {
        List<FetchKeyword> rows = new ArrayList<>();
        both(rows, "ssl_fc", Need.CLIENT_CONNECTION, ExpressionContext::client);
        both(rows, "ssl_bc", Need.SERVER_CONNECTION, ExpressionContext::server);
        Function<ExpressionContext, ConnectionFacts> client = ExpressionContext::client;
        Need need = Need.CLIENT_CONNECTION;
        flag(rows, "ssl_fc_has_crt", need, client, TlsFacts::hasPeerCertificate, true);
        flag(rows, "ssl_fc_has_early", need, client, TlsFacts::isEarly, true);
        flag(rows, "ssl_fc_has_sni", need, client, tls -> tls.serverName() != null, false);
        text(rows, "ssl_fc_crtname", need, client, TlsFacts::certificateName);
        rows.add(row("ssl_fc_cipherlist_xxh", SampleType.INTEGER, need, client, (tls, out) -> {
            byte[] list = tls.helloCiphers();
            if (list != null) {
                out.integer(Hash64.xxh64(list, 0, list.length, 0));
            }
            return list != null;
        }));
        rows.add(row("ssl_fc_protocol_hello_id", SampleType.INTEGER, need, client,
                (tls, out) -> number(tls.helloVersion(), out)));
        bytes(rows, "ssl_fc_ecformats_bin", need, client, TlsFacts::helloFormats);
        LISTS.forEach((name, list) -> rows.add(list("ssl_fc_" + name, SampleType.BINARY, list,
                (tls, kept, out) -> binary(kept, out))));
        rows.add(list("ssl_fc_cipherlist_hex", SampleType.STRING, TlsFacts::helloCiphers,
                (tls, kept, out) -> string(hex(kept), out)));
        rows.add(list("ssl_fc_cipherlist_str", SampleType.STRING, TlsFacts::helloCiphers,
                (tls, kept, out) -> string(tls.cipherNames(kept), out)));
        verification(rows, need, client);
        rows.addAll(CertificateFetches.rows());
        return List.copyOf(rows);
    }

    private static void both(List<FetchKeyword> rows, String name, Need need,
            Function<ExpressionContext, ConnectionFacts> side) {
        flag(rows, name, need, side, tls -> true, false);
        flag(rows, name + "_is_resumed", need, side, TlsFacts::isResumed, false);
        rows.add(row(name + "_alg_keysize", SampleType.INTEGER, need, side, (tls, out) -> number(tls.keyBits(true), out)));
        rows.add(row(name + "_use_keysize", SampleType.INTEGER, need, side, (tls, out) -> number(tls.keyBits(false), out)));
        rows.add(row(name + "_err", SampleType.INTEGER, need, side, (tls, out) -> number(tls.error(), out)));
        text(rows, name + "_err_str", need, side, TlsFacts::errorText);
        text(rows, name + "_alpn", need, side, TlsFacts::alpn);
        text(rows, name + "_npn", need, side, tls -> null);
        text(rows, name + "_cipher", need, side, TlsFacts::cipher);
        text(rows, name + "_curve", need, side, TlsFacts::curve);
        text(rows, name + "_protocol", need, side, TlsFacts::version);
        text(rows, name + "_sni", need, side, TlsFacts::serverName);
        bytes(rows, name + "_client_random", need, side, TlsFacts::clientRandom);
        bytes(rows, name + "_server_random", need, side, TlsFacts::serverRandom);
        bytes(rows, name + "_session_id", need, side, TlsFacts::sessionId);
        bytes(rows, name + "_session_key", need, side, TlsFacts::sessionKey);
        bytes(rows, name + "_unique_id", need, side, TlsFacts::uniqueId);
        for (String secret : SECRETS) {
            String label = secret.toUpperCase(java.util.Locale.ROOT);
            text(rows, name + "_" + secret, need, side, tls -> tls.secret(label));
        }
    }

    private static void verification(List<FetchKeyword> rows, Need need,
            Function<ExpressionContext, ConnectionFacts> client) {
        Map<String, ToIntFunction<TlsFacts>> numbers = Map.of("ssl_c_verify", TlsFacts::verifyResult,
                "ssl_c_err", TlsFacts::certificateError, "ssl_c_ca_err", TlsFacts::authorityError,
                "ssl_c_ca_err_depth", TlsFacts::authorityDepth);
        numbers.forEach((name, number) -> rows.add(row(name, SampleType.INTEGER, need, client,
                (tls, out) -> number(number.applyAsInt(tls), out))));
        flag(rows, "ssl_c_used", need, client, TlsFacts::usesPeerCertificate, true);
    }

    /** Reads one thing of an encrypted connection. */
    @FunctionalInterface
    interface Reader {
        boolean read(TlsFacts tls, Sample out);
    }

    static FetchKeyword row(String name, SampleType type, Need need, Function<ExpressionContext, ConnectionFacts> side,
            Reader reader) {
        Fetch fetch = fetch(side, reader);
        return FetchKeyword.of(name, Signature.NONE, type, need, arguments -> fetch);
    }

    static Fetch fetch(Function<ExpressionContext, ConnectionFacts> side, Reader reader) {
        return (context, out) -> {
            ConnectionFacts connection = side.apply(context);
            TlsFacts tls = connection == null ? null : connection.tls();
            return tls != null && reader.read(tls, out);
        };
    }

    /** @param absent whether there is no answer about a connection in clear, instead of no */
    private static void flag(List<FetchKeyword> rows, String name, Need need,
            Function<ExpressionContext, ConnectionFacts> side, Predicate<TlsFacts> test, boolean absent) {
        rows.add(FetchKeyword.of(name, Signature.NONE, SampleType.BOOL, need, arguments -> (context, out) -> {
            ConnectionFacts connection = side.apply(context);
            TlsFacts tls = connection == null ? null : connection.tls();
            out.bool(tls != null && test.test(tls));
            return tls != null || !absent;
        }));
    }

    private static void text(List<FetchKeyword> rows, String name, Need need,
            Function<ExpressionContext, ConnectionFacts> side, Function<TlsFacts, byte[]> value) {
        rows.add(row(name, SampleType.STRING, need, side, (tls, out) -> string(value.apply(tls), out)));
    }

    private static void bytes(List<FetchKeyword> rows, String name, Need need,
            Function<ExpressionContext, ConnectionFacts> side, Function<TlsFacts, byte[]> value) {
        rows.add(row(name, SampleType.BINARY, need, side, (tls, out) -> binary(value.apply(tls), out)));
    }

    static boolean number(long value, Sample out) {
        out.integer(value);
        return value >= 0 || value == (int) value;
    }

    static boolean string(byte[] value, Sample out) {
        if (value != null) {
            out.string(value);
        }
        return value != null;
    }

    static boolean binary(byte[] value, Sample out) {
        if (value != null) {
            out.binary(value, 0, value.length);
        }
        return value != null;
    }

    /** How a list of numbers of two bytes is told. */
    @FunctionalInterface
    private interface Teller {
        boolean tell(TlsFacts tls, byte[] list, Sample out);
    }

    private static FetchKeyword list(String name, SampleType type, Function<TlsFacts, byte[]> value, Teller teller) {
        return FetchKeyword.of(name, Signature.of(0, ArgumentKind.INTEGER), type, Need.CLIENT_CONNECTION,
                arguments -> filtered(arguments, value, teller));
    }

    /** Values such as 0x0a0a and 0x1a1a only test whether servers ignore what they do not know (RFC 8701). */
    private static Fetch filtered(Arguments arguments, Function<TlsFacts, byte[]> value, Teller teller)
            throws ExpressionError {
        boolean filters = arguments.number(0, 0) != 0;
        return fetch(ExpressionContext::client, (tls, out) -> {
            byte[] list = value.apply(tls);
            if (list == null) {
                return false;
            }
            byte[] kept = filters ? withoutGenerated(list) : list;
            return teller.tell(tls, kept, out);
        });
    }

    private static byte[] withoutGenerated(byte[] list) {
        byte[] kept = new byte[list.length];
        int count = 0;
        for (int i = 0; i + 1 < list.length; i += 2) {
            if (list[i] != list[i + 1] || (list[i] & 0x0f) != 0x0a) {
                kept[count++] = list[i];
                kept[count++] = list[i + 1];
            }
        }
        return java.util.Arrays.copyOf(kept, count);
    }

    private static byte[] hex(byte[] bytes) {
        byte[] text = new byte[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            text[2 * i] = (byte) Character.toUpperCase(Character.forDigit(bytes[i] >> 4 & 15, 16));
            text[2 * i + 1] = (byte) Character.toUpperCase(Character.forDigit(bytes[i] & 15, 16));
        }
        return text;
    }
}
