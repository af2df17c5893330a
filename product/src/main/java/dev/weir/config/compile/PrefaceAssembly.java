package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Place;
import dev.weir.config.rule.CompiledRules;
import dev.weir.flow.drive.FormattedText;
import dev.weir.flow.drive.ProxyPreface;
import dev.weir.flow.drive.ProxyPreface.Fields;
import dev.weir.flow.drive.ServerPreface;
import dev.weir.flow.drive.TlsFields;
import dev.weir.flow.drive.UniqueIds;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.LogFormat;
import dev.weir.flow.expr.LogFormats;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes what goes to servers before the client's first byte. One per configuration. */
final class PrefaceAssembly {

    private final Function<ProxySpec, LogFormats> compilers;
    private final Function<ProxySpec, LogFormats> idCompilers;
    private final int workers;
    private final Diagnostics diagnostics;
    private final UniqueIds uniqueIds = new UniqueIds();

    /**
     * @param compilers gives a compiler of its own to each worker, for formats of that proxy
     * @param idCompilers the same for what is made when a request has come
     */
    PrefaceAssembly(Function<ProxySpec, LogFormats> compilers, Function<ProxySpec, LogFormats> idCompilers, int workers,
            Diagnostics diagnostics) {
        this.compilers = compilers;
        this.idCompilers = idCompilers;
        this.workers = workers;
        this.diagnostics = diagnostics;
    }

    /**
     * What goes to these servers first.
     *
     * @param rules has the expressions of the names that servers ask for
     */
    ServerPreface of(ProxySpec proxy, List<Server> servers, CompiledRules rules) {
        Map<Settings, Expression> expressions = new HashMap<>();
        Map<Settings, Expression> poolNames = new HashMap<>();
        Map<Settings, Fields> fields = new HashMap<>();
        for (Server server : servers) {
            Settings settings = server.spec().settings();
            Expression poolName = rules.poolName(settings);
            if (poolName != null) {
                poolNames.put(settings, poolName);
            }
            Expression name = rules.serverName(settings);
            if (name != null) {
                expressions.put(settings, name);
            }
            Fields own = fields(proxy, server.spec());
            if (own != null) {
                fields.put(settings, own);
            }
        }
        return new ProxyPreface(fields, expressions, poolNames, uniqueIds);
    }

    /** Null for a server that wants none. */
    private Fields fields(ProxySpec proxy, ServerSpec server) {
        List<String> options = server.settings().get(ServerSpec.PROXY_V2_OPTIONS);
        List<ServerSpec.ProxyTlv> custom = server.settings().get(ServerSpec.PROXY_TLVS);
        if (options.isEmpty() && custom.isEmpty()) {
            return null;
        }
        boolean ssl = false;
        for (String option : options) {
            ssl |= option.equals("ssl") || option.startsWith("cert-") || option.equals("ssl-cipher");
        }
        TlsFields fields = ssl ? new TlsFields(options.contains("cert-cn"), options.contains("ssl-cipher"),
                options.contains("cert-sig"), options.contains("cert-key")) : null;
        int[] types = new int[custom.size()];
        FormattedText[] values = new FormattedText[types.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = custom.get(i).type();
            values[i] = text(proxy, "set-proxy-v2-tlv-fmt", custom.get(i).format(), server.place(), false);
        }
        return new Fields(options.contains("crc32c"), options.contains("unique-id"), fields, types, values);
    }

    /** The ids of all frontends. */
    UniqueIds uniqueIds() {
        return uniqueIds;
    }

    /** Makes a frontend's {@code unique-id-format} known, if it has one. */
    void uniqueIds(Frontend frontend) {
        String format = frontend.spec().settings().get(ProxySpec.UNIQUE_ID_FORMAT);
        if (format != null) {
            Place place = frontend.spec().settings().placeOf(ProxySpec.UNIQUE_ID_FORMAT);
            uniqueIds.add(frontend, text(frontend.spec(), "unique-id", format, place, true));
        }
    }

    private FormattedText text(ProxySpec proxy, String keyword, String format, Place place,
            boolean isId) {
        LogFormat[] formats = new LogFormat[workers];
        for (int i = 0; i < workers; i++) {
            LogFormats.Compiled compiled = isId ? idCompilers.apply(proxy).compileForHeader(format)
                    : compilers.apply(proxy).compileKeepingBlanks(format);
            if (compiled.error() != null) {
                diagnostics.alert(place, "failed to parse " + keyword + " : " + compiled.error());
                return null;
            }
            formats[i] = compiled.format();
        }
        return new FormattedText(formats);
    }
}
