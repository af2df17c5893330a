package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.List;
import java.util.Locale;

/** The first packets of MQTT connections, CONNECT and CONNACK. */
final class MqttConverters {

    private static final List<String> PACKETS = List.of("", "CONNECT", "CONNACK", "PUBLISH", "PUBACK", "PUBREC",
            "PUBREL", "PUBCOMP", "SUBSCRIBE", "SUBACK", "UNSUBSCRIBE", "UNSUBACK", "PINGREQ", "PINGRESP", "DISCONNECT",
            "AUTH");

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("mqtt_is_valid", SampleType.BINARY, SampleType.BOOL, MqttConverters::validate),
            ConverterKeyword.of("mqtt_field_value", Signature.of(2, ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.BINARY, SampleType.STRING, MqttConverters::value));

    private MqttConverters() {}

    /** Without an answer while the packet is not complete. */
    private static boolean validate(ExpressionContext context, Sample sample) {
        MqttPacket packet = new MqttPacket(sample);
        MqttPacket.State state = packet.read(-1);
        if (state == MqttPacket.State.INCOMPLETE) {
            return false;
        }
        sample.bool(state == MqttPacket.State.VALID);
        return true;
    }

    private static Converter value(Arguments arguments) throws ExpressionError {
        int type = type(arguments.text(0));
        int field = MqttField.find(type, arguments.text(1));
        if (field < 0) {
            throw new ExpressionError("Unknown MQTT field name '" + arguments.text(1) + "' for packet type '"
                    + PACKETS.get(type).toLowerCase(Locale.ROOT) + "'");
        }
        return (context, sample) -> {
            MqttPacket packet = new MqttPacket(sample);
            return packet.type() == type && packet.read(field) == MqttPacket.State.VALID
                    && packet.give(sample, context.workspace().area());
        };
    }

    private static int type(String text) throws ExpressionError {
        int byName = text.isEmpty() ? -1 : PACKETS.indexOf(text.toUpperCase(Locale.ROOT));
        Long number = text.isEmpty() ? null : Operands.literal(text);
        int type = byName > 0 ? byName
                : number != null && number > 0 && number < PACKETS.size() ? number.intValue() : 0;
        if (type == 0) {
            throw new ExpressionError("Unknown MQTT type '" + text + "'");
        }
        return type;
    }
}
