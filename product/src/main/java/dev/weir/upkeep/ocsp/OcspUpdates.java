package dev.weir.upkeep.ocsp;

import dev.weir.base.address.Address;
import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import dev.weir.net.tls.CertificateFile;
import dev.weir.net.tls.CertificateStore;
import dev.weir.net.tls.OcspAnswer;
import dev.weir.net.tls.OcspQuery;
import dev.weir.net.tls.TlsContext;
import dev.weir.net.tls.TlsError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Asks authorities about certificates before their last answer is too old, one question at a time, and staples what they
 * say: {@code ocsp-update}. What is known of earlier questions outlives configurations. Owned by the Conductor.
 */
public final class OcspUpdates {

    /** What is outside. */
    public interface World {

        /** The addresses of a host, asked of the system; called on a thread of its own. */
        List<Address> resolve(String host);

        void log(String line);

        /** Contexts that nobody begins a connection with any more, once every worker has gone on. */
        void retire(List<TlsContext> contexts);
    }

    private final Worker conductor;
    private final World world;
    private Map<String, OcspEntry> entries = new LinkedHashMap<>();
    private CertificateStore store = new CertificateStore();
    private OcspTerms terms = new OcspTerms(true, 300, 3600, null);
    private boolean asking;
    private final Timer clock = new Timer() {
        @Override
        protected void fire(long nowMs) {
            next();
        }
    };

    public OcspUpdates(Worker conductor, World world) {
        this.conductor = conductor;
        this.world = world;
    }

    /** These certificates are shown from now on. */
    public void renew(CertificateStore shown, OcspTerms now) {
        Map<String, OcspEntry> before = entries;
        entries = new LinkedHashMap<>();
        store = shown;
        terms = now;
        if (shown.modes().isAnyOn() && !now.disabled()) {
            for (String name : shown.names()) {
                OcspQuery query = shown.modes().isOn(name) ? OcspQuery.of(shown.named(name)) : null;
                if (query != null) {
                    String key = HexFormat.of().formatHex(query.key());
                    OcspEntry known = before.get(key);
                    entries.putIfAbsent(key, known == null ? new OcspEntry(name, query, firstMs(shown.named(name)))
                            : new OcspEntry(name, query, known));
                }
            }
        }
        next();
    }

    private long nowMs() {
        return conductor.wallMicros() / 1000;
    }

    /** An answer that is there was good when it was read. */
    private long firstMs(CertificateFile file) {
        try {
            return file.stapled() == null ? nowMs() : dueMs(OcspAnswer.of(file.stapled()));
        } catch (TlsError e) {
            return nowMs();
        }
    }

    private long dueMs(OcspAnswer answer) {
        long seconds = Math.max(terms.leastSeconds(), Math.min(terms.mostSeconds(), answer.secondsLeft()));
        return nowMs() + seconds * 1000;
    }

    /** All of them, by the time that they are due. */
    public List<OcspEntry> entries() {
        List<OcspEntry> all = new ArrayList<>(entries.values());
        all.sort(Comparator.comparingLong(OcspEntry::nextMs));
        return all;
    }

    private void next() {
        conductor.remove(clock);
        List<OcspEntry> all = entries();
        if (asking || all.isEmpty()) {
            return;
        }
        OcspEntry first = all.getFirst();
        long waitMs = first.nextMs() - nowMs();
        if (waitMs > 0) {
            conductor.arm(clock, waitMs);
        } else {
            ask(first, outcome -> { });
        }
    }

    /**
     * Asks now about a certificate, whether it is updated by itself or not.
     *
     * @param told gets the answer, or null when there is none
     * @return whether there is anybody to ask
     */
    public boolean ask(CertificateFile file, Consumer<byte[]> told) {
        OcspQuery query = OcspQuery.of(file);
        if (query == null) {
            return false;
        }
        OcspEntry known = entries.get(HexFormat.of().formatHex(query.key()));
        ask(known != null ? known : new OcspEntry(file.name(), query, nowMs()), told);
        return true;
    }

    private void ask(OcspEntry entry, Consumer<byte[]> told) {
        asking = true;
        new OcspQuestion(conductor, world, terms, entry, new OcspQuestion.Owner() {
            @Override
            public void answered(byte[] answer) {
                OcspStatus wrong = use(entry, answer);
                finish(entry, wrong, wrong == null ? answer : null, told);
            }

            @Override
            public void failed(OcspStatus why) {
                finish(entry, why, null, told);
            }
        }).begin();
    }

    /** Null when it is shown from now on. */
    private OcspStatus use(OcspEntry entry, byte[] answer) {
        OcspAnswer judged;
        List<CertificateFile> meant = new ArrayList<>();
        try {
            judged = OcspAnswer.of(answer);
            for (String name : store.names()) {
                CertificateFile file = store.named(name);
                byte[] own = file.isEmpty() ? null : file.keyWith(answer);
                if (own != null && Arrays.equals(own, judged.key())) {
                    meant.add(file);
                }
            }
            if (meant.isEmpty() || !meant.getFirst().trusts(answer)) {
                return OcspStatus.CHECK;
            }
        } catch (TlsError e) {
            return OcspStatus.CHECK;
        }
        List<TlsContext> retired = new ArrayList<>();
        try {
            for (CertificateFile file : meant) {
                retired.addAll(store.replace(store.stapled(file, answer)).retired());
            }
        } catch (TlsError e) {
            return OcspStatus.INSERTION;
        } finally {
            world.retire(retired);
        }
        entry.succeeded(nowMs(), dueMs(judged));
        return null;
    }

    private void finish(OcspEntry entry, OcspStatus wrong, byte[] answer, Consumer<byte[]> told) {
        asking = false;
        if (wrong != null) {
            entry.failed(wrong, nowMs(), terms);
        }
        // of one that a configuration has taken over meanwhile the times count
        entries.computeIfPresent(HexFormat.of().formatHex(entry.key()),
                (key, now) -> now == entry ? now : new OcspEntry(now.path(), now.query(), entry));
        world.log("<OCSP-UPDATE> " + entry.path() + " " + entry.status().ordinal() + " \"" + entry.status().text() + "\" "
                + entry.failures() + " " + entry.successes());
        told.accept(answer);
        next();
    }
}
