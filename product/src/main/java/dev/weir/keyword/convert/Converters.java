package dev.weir.keyword.convert;

import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.Vocabulary;
import java.util.List;

/** All converters. */
public final class Converters {

    private Converters() {}

    /** Adds them to a vocabulary. */
    public static void addTo(Vocabulary vocabulary) {
        for (List<ConverterKeyword> family : List.of(ArithmeticConverters.ALL, HashConverters.ALL, DigestConverters.ALL,
                EncodingConverters.ALL, NumberTextConverters.ALL, UrlConverters.ALL, TextConverters.ALL,
                FieldConverters.ALL, JoinConverters.ALL, HostConverters.ALL, RegexConverters.ALL, JsonConverters.ALL,
                LanguageConverters.ALL, DateConverters.ALL, CipherConverters.ALL, JwtConverters.ALL, JweConverters.ALL,
                VariableConverters.ALL, StateConverters.ALL, MapConverters.ALL, ProtobufConverters.ALL,
                MqttConverters.ALL, FixConverters.ALL, PacketConverters.ALL, TcpConverters.ALL,
                ForwardedConverters.ALL, TableConverters.ALL, TlsConverters.ALL)) {
            vocabulary.converters(family);
        }
    }
}
