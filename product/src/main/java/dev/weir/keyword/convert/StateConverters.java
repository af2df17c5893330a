package dev.weir.keyword.convert;

import dev.weir.flow.expr.Acl;
import dev.weir.flow.expr.AclResult;
import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExchangeFacts;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.ProxyFacts;
import dev.weir.flow.expr.ServerFacts;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import java.util.List;

/** Names that come from traffic and mean proxies and servers; captures; debugging; conditions. */
final class StateConverters {

    private static final Signature ONE_NUMBER = Signature.of(1, ArgumentKind.INTEGER);

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.impure("nbsrv", Signature.NONE, SampleType.STRING, SampleType.INTEGER,
                    a -> StateConverters::usableServers),
            ConverterKeyword.impure("fe_exists", Signature.NONE, SampleType.STRING, SampleType.BOOL,
                    a -> StateConverters::frontendExists),
            ConverterKeyword.impure("srv_queue", Signature.NONE, SampleType.STRING, SampleType.INTEGER,
                    a -> (context, sample) -> server(context, sample, ServerFacts.Number.QUEUED)),
            ConverterKeyword.impure("srv_is_up", Signature.NONE, SampleType.STRING, SampleType.BOOL,
                    a -> StateConverters::isUp),
            ConverterKeyword.impure("capture-req", ONE_NUMBER, SampleType.STRING, SampleType.STRING,
                    a -> capture(a, false)),
            ConverterKeyword.impure("capture-res", ONE_NUMBER, SampleType.STRING, SampleType.STRING,
                    a -> capture(a, true)),
            ConverterKeyword.impure("debug", Signature.of(0, ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.ANY, SampleType.ANY, StateConverters::debug),
            ConverterKeyword.impure("when", Signature.of(1, ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.ANY, SampleType.ANY, StateConverters::when));

    private StateConverters() {}

    private static boolean usableServers(ExpressionContext context, Sample sample) {
        ProxyFacts backend = context.process().backend(sample.bytes(), sample.at(), sample.length());
        if (backend == null) {
            return false;
        }
        sample.integer(backend.number(ProxyFacts.Number.USABLE_SERVERS));
        return true;
    }

    private static boolean frontendExists(ExpressionContext context, Sample sample) {
        sample.bool(context.process().frontend(sample.bytes(), sample.at(), sample.length()) != null);
        return true;
    }

    /** {@code backend/server}, or a server of the current backend. */
    private static boolean server(ExpressionContext context, Sample sample, ServerFacts.Number which) {
        byte[] text = sample.bytes();
        int slash = Texts.indexOf(text, sample.at(), sample.end(), '/');
        ProxyFacts backend = slash < 0 ? context.backend()
                : context.process().backend(text, sample.at(), slash - sample.at());
        int from = slash < 0 ? sample.at() : slash + 1;
        ServerFacts server = backend == null ? null
                : context.process().server(backend, text, from, sample.end() - from);
        if (server == null) {
            return false;
        }
        sample.integer(server.number(which));
        return true;
    }

    private static boolean isUp(ExpressionContext context, Sample sample) {
        if (!server(context, sample, ServerFacts.Number.UP)) {
            return false;
        }
        sample.bool(sample.isTrue());
        return true;
    }

    private static Converter capture(Arguments arguments, boolean response) throws ExpressionError {
        long slot = arguments.number(0, 0);
        if (slot < 0 || slot > Integer.MAX_VALUE) {
            throw new ExpressionError("invalid capture slot '" + slot + "'");
        }
        return (context, sample) -> context.exchange() != null
                && context.exchange().capture(response, (int) slot, sample);
    }

    private static Converter debug(Arguments arguments) throws ExpressionError {
        String prefix = arguments.text(0);
        String sink = arguments.hasText(1) ? arguments.text(1) : "buf0";
        if (!List.of("buf0", "stdout", "stderr").contains(sink) && !arguments.scope().hasRing(sink)) {
            throw new ExpressionError("No such sink '" + sink + "'");
        }
        return (context, sample) -> {
            context.debug(sink, prefix, sample);
            return true;
        };
    }

    /** Whether what the converter stands behind is to be said. */
    @FunctionalInterface
    private interface Test {
        boolean holds(ExpressionContext context);
    }

    private static Converter when(Arguments arguments) throws ExpressionError {
        String text = arguments.text(0);
        boolean negated = text.startsWith("!");
        String word = negated ? text.substring(1) : text;
        Test test = word.equals("acl") ? acl(arguments) : state(word);
        if (arguments.has(1) && !word.equals("acl")) {
            throw new ExpressionError("condition '" + word + "' takes no argument");
        }
        return (context, sample) -> test.holds(context) != negated;
    }

    private static Test state(String word) throws ExpressionError {
        ExchangeFacts.State state = switch (word) {
            case "error", "normal" -> ExchangeFacts.State.ERROR;
            case "forwarded" -> ExchangeFacts.State.FORWARDED;
            case "processed" -> ExchangeFacts.State.PROCESSED;
            case "toapplet" -> ExchangeFacts.State.TO_APPLET;
            case "stopping" -> null;
            default -> throw new ExpressionError("expects one of 'error', 'forwarded', 'normal', 'processed',"
                    + " 'stopping', 'toapplet' or 'acl', got '" + word + "'");
        };
        if (state == null) {
            return context -> context.process().isStopping();
        }
        boolean expected = !word.equals("normal");
        return context -> context.exchange() != null && context.exchange().is(state) == expected;
    }

    private static Test acl(Arguments arguments) throws ExpressionError {
        String name = arguments.text(1);
        boolean negated = name.startsWith("!");
        Acl acl = arguments.scope().acl(negated ? name.substring(1) : name);
        if (acl == null) {
            throw new ExpressionError("no such ACL : '" + name + "'");
        }
        return context -> acl.evaluate(context) == (negated ? AclResult.NO : AclResult.YES);
    }
}
