package dev.weir.keyword.convert;

import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.SampleType;
import dev.weir.net.tls.VerifyErrors;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Words for numbers of TLS. */
final class TlsConverters {

    static final List<ConverterKeyword> ALL = List.of(ConverterKeyword.of("x509_v_err_str", Signature.NONE,
            SampleType.INTEGER, SampleType.STRING, arguments -> (context, sample) -> {
                String name = VerifyErrors.name(sample.number());
                sample.string((name != null ? name : Long.toString(sample.number())).getBytes(StandardCharsets.US_ASCII));
                return true;
            }));

    private TlsConverters() {}
}
