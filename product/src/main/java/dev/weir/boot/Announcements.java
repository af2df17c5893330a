package dev.weir.boot;

import dev.weir.base.log.LogLevel;
import dev.weir.base.log.LogLine;
import dev.weir.base.text.Diagnostic;
import dev.weir.config.compile.ProxyAssembly;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.net.loop.Worker;
import dev.weir.upkeep.check.ServerChanges;
import dev.weir.upkeep.mail.AlertMails;
import dev.weir.upkeep.mail.MailersSpec;
import java.util.List;

/** Says what happens to servers on standard error and in the logs of their proxy. On the Conductor's thread. */
final class Announcements implements ServerChanges.Announcer {

    private final Console console;
    private final Worker conductor;
    private volatile ProxyAssembly assembly;
    private final LogLine message = new LogLine();
    private final AlertMails mails;

    Announcements(Console console, Worker conductor) {
        mails = new AlertMails(conductor);
        this.console = console;
        this.conductor = conductor;
    }

    /** The logs of another configuration hold from now on. */
    void under(ProxyAssembly next) {
        assembly = next;
    }

    /** Mailers of another configuration hold from now on. */
    void mailers(List<MailersSpec> specs, String hostName) {
        mails.renew(specs, hostName);
    }

    @Override
    public void mail(ProxySpec proxy, LogLevel level, String text) {
        mails.send(proxy, level, text);
    }

    /** Says it in the log of the {@code global} section only. */
    void log(LogLevel level, String text) {
        message.clear();
        message.put(text);
        assembly.globalLog().send(conductor, level.ordinal(), message);
    }

    /** Who did what, in the log of the proxy that he came through. */
    void audit(ProxySpec proxy, String text) {
        message.clear();
        message.put(text);
        assembly.log(proxy).send(conductor, LogLevel.NOTICE.ordinal(), message);
    }

    void say(ProxySpec proxy, LogLevel level, String text) {
        announce(proxy, level, false, text, null);
    }

    @Override
    public void announce(ProxySpec proxy, LogLevel level, boolean onAlert, String text, String onStderr) {
        console.print(onAlert ? Diagnostic.Level.ALERT : Diagnostic.Level.WARNING, onStderr == null ? text : onStderr);
        message.clear();
        message.put(text);
        assembly.log(proxy).send(conductor, level.ordinal(), message);
    }
}
