package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Need;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What expressions can ask about TLS (configuration.txt 7.3.4). Connections are not encrypted yet, and lines that want it
 * are refused: these answer what they do about any connection in clear.
 */
final class TlsFetches {

    private static final String TABLE = """
            ssl_bc boolean
            ssl_bc_alg_keysize integer
            ssl_bc_alpn string
            ssl_bc_cipher string
            ssl_bc_client_early_traffic_secret string
            ssl_bc_client_handshake_traffic_secret string
            ssl_bc_client_random binary
            ssl_bc_client_traffic_secret_0 string
            ssl_bc_curve string
            ssl_bc_early_exporter_secret string
            ssl_bc_err integer
            ssl_bc_err_str string
            ssl_bc_exporter_secret string
            ssl_bc_is_resumed boolean
            ssl_bc_npn string
            ssl_bc_protocol string
            ssl_bc_server_handshake_traffic_secret string
            ssl_bc_server_random binary
            ssl_bc_server_traffic_secret_0 string
            ssl_bc_session_id binary
            ssl_bc_session_key binary
            ssl_bc_sni string
            ssl_bc_unique_id binary
            ssl_bc_use_keysize integer
            ssl_c_ca_err integer
            ssl_c_ca_err_depth integer
            ssl_c_chain_der binary
            ssl_c_der binary
            ssl_c_err integer
            ssl_c_i_dn (..) string
            ssl_c_key_alg string
            ssl_c_notafter string
            ssl_c_notbefore string
            ssl_c_policies (..) string
            ssl_c_r_dn (..) string
            ssl_c_s_dn (..) string
            ssl_c_san string
            ssl_c_serial binary
            ssl_c_sha1 binary
            ssl_c_sig_alg string
            ssl_c_used boolean
            ssl_c_verify integer
            ssl_c_version integer
            ssl_f_der binary
            ssl_f_i_dn (..) string
            ssl_f_key_alg string
            ssl_f_notafter string
            ssl_f_notbefore string
            ssl_f_s_dn (..) string
            ssl_f_serial binary
            ssl_f_sha1 binary
            ssl_f_sig_alg string
            ssl_f_version integer
            ssl_fc boolean
            ssl_fc_alg_keysize integer
            ssl_fc_alpn string
            ssl_fc_cipher string
            ssl_fc_cipherlist_bin (..) binary
            ssl_fc_cipherlist_hex (..) string
            ssl_fc_cipherlist_str (..) string
            ssl_fc_cipherlist_xxh integer
            ssl_fc_client_early_traffic_secret string
            ssl_fc_client_handshake_traffic_secret string
            ssl_fc_client_random binary
            ssl_fc_client_traffic_secret_0 string
            ssl_fc_crtname string
            ssl_fc_curve string
            ssl_fc_early_exporter_secret string
            ssl_fc_ecformats_bin binary
            ssl_fc_eclist_bin (..) binary
            ssl_fc_err integer
            ssl_fc_err_str string
            ssl_fc_exporter_secret string
            ssl_fc_extlist_bin (..) binary
            ssl_fc_has_crt boolean
            ssl_fc_has_early boolean
            ssl_fc_has_sni boolean
            ssl_fc_is_resumed boolean
            ssl_fc_npn string
            ssl_fc_protocol string
            ssl_fc_protocol_hello_id integer
            ssl_fc_server_handshake_traffic_secret string
            ssl_fc_server_random binary
            ssl_fc_server_traffic_secret_0 string
            ssl_fc_session_id binary
            ssl_fc_session_key binary
            ssl_fc_sigalgs_bin (..) binary
            ssl_fc_sni string
            ssl_fc_supported_versions_bin (..) binary
            ssl_fc_unique_id binary
            ssl_fc_use_keysize integer
            ssl_s_chain_der binary
            ssl_s_der binary
            ssl_s_i_dn (..) string
            ssl_s_key_alg string
            ssl_s_notafter string
            ssl_s_notbefore string
            ssl_s_s_dn (..) string
            ssl_s_serial binary
            ssl_s_sha1 binary
            ssl_s_sig_alg string
            ssl_s_version integer
            """;

    /** What is known to be false of a connection in clear; all else is absent. */
    private static final Set<String> FALSE = Set.of("ssl_fc", "ssl_bc", "ssl_fc_has_sni", "ssl_fc_is_resumed",
            "ssl_bc_is_resumed");

    static final List<FetchKeyword> ALL = rows();

    private TlsFetches() {}

    private static List<FetchKeyword> rows() {
        List<FetchKeyword> rows = new ArrayList<>();
        for (String line : TABLE.split("\n")) {
            String[] cells = line.split(" ");
            String name = cells[0];
            String type = cells[cells.length - 1].toUpperCase(Locale.ROOT);
            SampleType gives = type.equals("BOOLEAN") ? SampleType.BOOL : SampleType.valueOf(type);
            Need need = name.startsWith("ssl_bc") ? Need.SERVER_CONNECTION
                    : Need.CLIENT_CONNECTION;
            Fetch fetch = FALSE.contains(name) ? TlsFetches::no : (context, out) -> false;
            Signature signature = cells.length > 2 ? Signature.of(0, ArgumentKind.STRING, ArgumentKind.INTEGER,
                    ArgumentKind.STRING) : Signature.NONE;
            rows.add(FetchKeyword.of(name, signature, gives, need, arguments -> fetch));
        }
        return rows;
    }

    private static boolean no(ExpressionContext context, Sample out) {
        out.bool(false);
        return true;
    }
}
