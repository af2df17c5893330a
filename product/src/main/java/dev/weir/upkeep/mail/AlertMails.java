package dev.weir.upkeep.mail;

import dev.weir.base.log.LogLevel;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.net.loop.Worker;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code mailers} sections at work: which alert of which proxy goes to whom. Owned by the Conductor. */
public final class AlertMails {

    private final Worker conductor;
    private final Map<MailersSpec.Mailer, MailQueue> queues = new LinkedHashMap<>();
    private Map<String, MailersSpec> sections = Map.of();
    private String hostName = "";

    public AlertMails(Worker conductor) {
        this.conductor = conductor;
    }

    /** From now on these are the sections; what waits for a mailer that is gone is not sent. */
    public void renew(List<MailersSpec> specs, String ownName) {
        Map<String, MailersSpec> next = new LinkedHashMap<>();
        specs.forEach(each -> next.put(each.name(), each));
        sections = next;
        hostName = ownName;
        List<MailersSpec.Mailer> known = new ArrayList<>();
        specs.forEach(each -> known.addAll(each.mailers()));
        queues.entrySet().removeIf(each -> {
            boolean gone = !known.contains(each.getKey());
            if (gone) {
                each.getValue().close();
            }
            return gone;
        });
    }

    /** Something has happened to a server of the proxy. */
    public void send(ProxySpec proxy, LogLevel level, String text) {
        MailersSpec section = sections.get(proxy.settings().get(ProxySpec.EMAIL_MAILERS));
        String from = proxy.settings().get(ProxySpec.EMAIL_FROM);
        String to = proxy.settings().get(ProxySpec.EMAIL_TO);
        boolean matters = level.ordinal() <= proxy.settings().get(ProxySpec.EMAIL_LEVEL).ordinal();
        if (section == null || from == null || to == null || !matters) {
            return;
        }
        String host = proxy.settings().get(ProxySpec.EMAIL_HOST);
        Mail mail = Mail.of(host == null ? hostName : host, from, to, conductor.wallMicros(), ZoneId.systemDefault(), text);
        int patienceMs = section.settings().get(MailersSpec.TIMEOUT_MS);
        for (MailersSpec.Mailer mailer : section.mailers()) {
            queues.computeIfAbsent(mailer, each -> new MailQueue(conductor, each.address(), patienceMs)).add(mail);
        }
    }
}
