package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostics;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.stick.StickTable;
import dev.weir.model.stick.StickTableSpec;
import dev.weir.model.stick.StickTables;
import dev.weir.upkeep.peers.PeerGauges;
import dev.weir.upkeep.peers.PeerSection;
import dev.weir.upkeep.peers.PeerTerms;
import dev.weir.upkeep.peers.PeersSpec;
import java.util.ArrayList;
import java.util.List;

/** Makes the living peers sections of a configuration. */
public final class PeersAssembly {

    private static final int UPDATES_AT_ONCE = 200;

    private final Runtime runtime;
    private final Configuration configuration;
    private final StickTables tables;

    public PeersAssembly(Runtime runtime, Configuration configuration) {
        this.runtime = runtime;
        this.configuration = configuration;
        tables = configuration.rules().tables();
    }

    /** The sections in which we take part; the living one where nothing about it is another. */
    public List<PeerSection> assemble(List<PeerSection> living, PeerGauges gauges, Diagnostics diagnostics) {
        Settings global = configuration.global();
        PeerTerms terms = new PeerTerms(runtime.identity().pid(), global.get(GlobalSpec.TUNE_BUFSIZE),
                updatesAtOnce(global), gauges);
        DialerAssembly dialers = new DialerAssembly(global, diagnostics);
        List<PeerSection> sections = new ArrayList<>();
        for (PeersSpec spec : global.get(GlobalSpec.PEERS)) {
            if (spec.own() != null) {
                List<StickTable> shared = shared(spec);
                PeerSection same = null;
                for (PeerSection each : living) {
                    same = each.serves(spec, terms, shared) ? each : same;
                }
                sections.add(same != null ? same : new PeerSection(spec, runtime.conductor(), terms, shared, tables::find,
                        peer -> dialers.of(new Settings(), peer)));
            }
        }
        return List.copyOf(sections);
    }

    private List<StickTable> shared(PeersSpec spec) {
        List<StickTable> shared = new ArrayList<>();
        for (StickTableSpec table : configuration.global().get(GlobalSpec.PEERS_TABLES)) {
            add(shared, table, spec);
        }
        for (ProxySpec proxy : configuration.proxies()) {
            add(shared, proxy.settings().get(ProxySpec.STICK_TABLE), spec);
        }
        return shared;
    }

    private void add(List<StickTable> shared, StickTableSpec table, PeersSpec spec) {
        StickTable living = table == null ? null : tables.find(table.name());
        if (living != null && spec.name().equals(table.peers()) && !shared.contains(living)) {
            shared.add(living);
        }
    }

    private static int updatesAtOnce(Settings global) {
        return (int) Math.clamp(KeptLines.number(global, "tune.peers.max-updates-at-once", UPDATES_AT_ONCE), 1,
                Integer.MAX_VALUE);
    }
}
