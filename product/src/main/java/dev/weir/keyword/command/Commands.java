package dev.weir.keyword.command;

import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.CommandTable;
import java.util.ArrayList;
import java.util.List;

/** All commands there are. */
public final class Commands {

    private Commands() {}

    /** Those of the master. */
    public static CommandTable master(Site site) {
        List<Command> all = new ArrayList<>();
        SessionCommands.addMasterTo(all);
        ProcessCommands.addCommonTo(all, site);
        ReloadCommands.addMasterTo(all, site);
        return new CommandTable(all);
    }

    public static CommandTable table(Site site) {
        List<Command> all = new ArrayList<>();
        SessionCommands.addTo(all, site);
        ProcessCommands.addTo(all, site);
        StatCommands.addTo(all, site);
        ProxyCommands.addTo(all, site);
        ServerCommands.addTo(all, site);
        ServerStateCommands.addTo(all, site);
        PatternCommands.addTo(all, site);
        ExchangeCommands.addTo(all, site);
        DynamicServerCommands.addTo(all, site);
        BackendCommands.addTo(all, site);
        DeployCommands.addTo(all, site);
        CertificateCommands.addTo(all, site);
        AuthorityCommands.addTo(all, site);
        CertificateListCommands.addTo(all, site);
        OcspCommands.addTo(all, site);
        JwtCommands.addTo(all, site);
        TlsCommands.addTo(all, site);
        MemoryCommands.addTo(all, site);
        ErrorCommands.addTo(all, site);
        InsideCommands.addTo(all, site);
        AnonymousCommands.addTo(all, site);
        DebugCommands.addTo(all, site);
        FetchCommands.addTo(all, site);
        ProfilingCommands.addTo(all, site);
        TraceCommands.addTo(all, site);
        EventCommands.addTo(all, site);
        TableCommands.addTo(all, site);
        PeerCommands.addTo(all, site);
        ReloadCommands.addTo(all, site);
        return new CommandTable(all);
    }
}
