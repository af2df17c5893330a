package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ConnectionFacts;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Need;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.net.tls.CertificateView;
import dev.weir.net.tls.DistinguishedName;
import dev.weir.net.tls.TlsFacts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What expressions can ask about certificates: {@code ssl_c_} the client's, {@code ssl_f_} ours that it was shown,
 * {@code ssl_s_} the server's (configuration.txt 7.3.4).
 */
final class CertificateFetches {

    private CertificateFetches() {}

    /** Reads one thing of a certificate. */
    @FunctionalInterface
    private interface Reader {
        boolean read(CertificateView certificate, Sample out);
    }

    /** One side's certificate and what its names begin with. */
    private record Whose(String prefix, Need need, Function<ExpressionContext, ConnectionFacts> side,
            Function<TlsFacts, CertificateView> certificate) {

        FetchKeyword row(String name, SampleType type, Reader reader) {
            return TlsFetches.row(prefix + name, type, need, side, reading(reader));
        }

        TlsFetches.Reader reading(Reader reader) {
            return (tls, out) -> {
                CertificateView found = certificate.apply(tls);
                return found != null && reader.read(found, out);
            };
        }

        FetchKeyword text(String name, Function<CertificateView, String> value) {
            return row(name, SampleType.STRING, (view, out) -> string(value.apply(view), out));
        }

        FetchKeyword binary(String name, Function<CertificateView, byte[]> value) {
            return row(name, SampleType.BINARY, (view, out) -> TlsFetches.binary(value.apply(view), out));
        }

        FetchKeyword name(String word, CertificateView.Name which) {
            return FetchKeyword.of(prefix + word, Signature.of(0, ArgumentKind.STRING, ArgumentKind.INTEGER,
                    ArgumentKind.STRING), SampleType.STRING, need, arguments -> {
                        Reader reader = entry(arguments, which);
                        return TlsFetches.fetch(side, reading(reader));
                    });
        }
    }

    static List<FetchKeyword> rows() {
        List<FetchKeyword> rows = new ArrayList<>();
        Whose client = new Whose("ssl_c_", Need.CLIENT_CONNECTION, ExpressionContext::client, TlsFacts::peerCertificate);
        Whose ours = new Whose("ssl_f_", Need.CLIENT_CONNECTION, ExpressionContext::client, TlsFacts::ownCertificate);
        Whose server = new Whose("ssl_s_", Need.SERVER_CONNECTION, ExpressionContext::server, TlsFacts::peerCertificate);
        for (Whose whose : List.of(client, ours, server)) {
            all(rows, whose);
        }
        // the library keeps the certificate of a client apart from what came with it
        rows.add(client.binary("chain_der", CertificateView::othersDer));
        rows.add(TlsFetches.row("ssl_s_chain_der", SampleType.BINARY, server.need(), server.side(), (tls, out) ->
                // a session that goes on knows one certificate alone
                !tls.isResumed() && tls.peerCertificate() != null && TlsFetches.binary(tls.peerCertificate().chainDer(), out)));
        rows.add(client.text("san", CertificateView::alternativeNames));
        Whose verified = new Whose("ssl_c_", Need.CLIENT_CONNECTION, ExpressionContext::client, tls ->
                tls.verifyResult() == 0 && tls.certificateError() == 0 && tls.authorityError() == 0
                        ? tls.peerCertificate() : null);
        rows.add(verified.name("r_dn", CertificateView.Name.ROOT));
        rows.add(FetchKeyword.of("ssl_c_policies", Signature.of(0, ArgumentKind.STRING), SampleType.STRING,
                Need.CLIENT_CONNECTION, arguments -> {
                    String wanted = arguments.hasText(0) ? arguments.text(0) : null;
                    return TlsFetches.fetch(ExpressionContext::client, client.reading((view, out) -> {
                        List<String> policies = view.policies();
                        boolean found = wanted == null ? !policies.isEmpty() : policies.contains(wanted);
                        return found && string(wanted == null ? String.join(",", policies) : wanted, out);
                    }));
                }));
        return rows;
    }

    private static void all(List<FetchKeyword> rows, Whose whose) {
        rows.add(whose.binary("der", CertificateView::der));
        rows.add(whose.binary("serial", CertificateFetches::magnitude));
        rows.add(whose.binary("sha1", CertificateFetches::fingerprint));
        rows.add(whose.text("key_alg", CertificateView::keyAlgorithm));
        rows.add(whose.text("sig_alg", CertificateView::signatureAlgorithm));
        rows.add(whose.text("notbefore", view -> year(view.notBefore())));
        rows.add(whose.text("notafter", view -> year(view.notAfter())));
        rows.add(whose.row("version", SampleType.INTEGER, (view, out) -> TlsFetches.number(view.version(), out)));
        rows.add(whose.name("s_dn", CertificateView.Name.SUBJECT));
        rows.add(whose.name("i_dn", CertificateView.Name.ISSUER));
    }

    /** The century of what has four digits of the year is left out, as of what has two; it must be this one. */
    private static String year(String time) {
        return time.length() != 15 ? time : time.startsWith("20") ? time.substring(2) : null;
    }

    /** Without the byte that only says that the number is not negative. */
    private static byte[] magnitude(CertificateView view) {
        byte[] serial = view.serial();
        return serial.length > 1 && serial[0] == 0 ? Arrays.copyOfRange(serial, 1, serial.length) : serial;
    }

    private static byte[] fingerprint(CertificateView view) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(view.der());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean string(String value, Sample out) {
        return value != null && TlsFetches.string(value.getBytes(StandardCharsets.ISO_8859_1), out);
    }

    /** The whole name, or one entry of it: the n-th of that type, counted from the end when negative. */
    private static Reader entry(Arguments arguments, CertificateView.Name which) throws ExpressionError {
        String type = arguments.hasText(0) ? arguments.text(0) : "";
        int occurrence = (int) arguments.number(1, 1);
        String format = arguments.hasText(2) ? arguments.text(2) : "";
        if (!format.isEmpty() && !format.equals("rfc2253")) {
            throw new ExpressionError("only rfc2253 is supported or a blank value is supported");
        }
        return (view, out) -> {
            DistinguishedName name = view.name(which);
            byte[] value = !type.isEmpty() ? name.entry(type, occurrence)
                    : format.isEmpty() ? name.oneLine() : name.rfc2253();
            return TlsFetches.string(value, out);
        };
    }
}
