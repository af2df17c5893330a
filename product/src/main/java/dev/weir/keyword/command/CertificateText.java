package dev.weir.keyword.command;

import dev.weir.net.tls.CertificateView;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A certificate in words, as commands show it. Stateless. */
final class CertificateText {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final List<String> MONTHS = List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
            "Nov", "Dec");

    private CertificateText() {}

    static String of(CertificateView view, String keyName) {
        StringBuilder out = new StringBuilder(512);
        out.append("Serial: ").append(HEX.formatHex(view.serial()));
        out.append("\nnotBefore: ").append(date(view.notBefore())).append("\nnotAfter: ").append(date(view.notAfter()));
        String names = view.alternativeNames();
        out.append("\nSubject Alternative Name: ").append(names == null ? "" : names);
        out.append("\nAlgorithm: ").append(keyName).append("\nSHA1 FingerPrint: ").append(fingerprint(view)).append('\n');
        names(out, "", view);
        return out.toString();
    }

    static void names(StringBuilder out, String prefix, CertificateView view) {
        out.append(prefix).append("Subject: ")
                .append(new String(view.name(CertificateView.Name.SUBJECT).oneLine(), StandardCharsets.ISO_8859_1));
        out.append('\n').append(prefix).append("Issuer: ")
                .append(new String(view.name(CertificateView.Name.ISSUER).oneLine(), StandardCharsets.ISO_8859_1));
        out.append('\n');
    }

    private static String fingerprint(CertificateView view) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-1").digest(view.der()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code 261121152759Z} or with a century, as {@code Nov 21 15:27:59 2026 GMT}. */
    static String date(String time) {
        boolean full = time.length() == 15;
        if (!full && time.length() != 13) {
            return time;
        }
        String rest = full ? time.substring(4) : time.substring(2);
        String year = full ? time.substring(0, 4) : (time.charAt(0) < '5' ? "20" : "19") + time.substring(0, 2);
        int month = (rest.charAt(0) - '0') * 10 + rest.charAt(1) - '0';
        String day = rest.charAt(2) == '0' ? " " + rest.charAt(3) : rest.substring(2, 4);
        return MONTHS.get(Math.clamp(month - 1, 0, 11)) + " " + day + " " + rest.substring(4, 6) + ":"
                + rest.substring(6, 8) + ":" + rest.substring(8, 10) + " " + year + " GMT";
    }

    /** A time of a certificate in digits that sort: year, month, day, hour, minute, second. */
    static String sortable(String time) {
        return time.length() == 15 ? time.substring(0, 14)
                : time.length() == 13 ? (time.charAt(0) < '5' ? "20" : "19") + time.substring(0, 12) : time;
    }
}
