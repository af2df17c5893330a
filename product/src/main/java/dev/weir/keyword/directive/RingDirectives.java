package dev.weir.keyword.directive;

import dev.weir.base.collect.Settings;
import dev.weir.base.log.LogFraming;
import dev.weir.base.log.RingSpec;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.ParsedAddress;
import dev.weir.config.lang.Statement;
import dev.weir.model.server.ServerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of a {@code ring} section (manual 12.5). Boot's thread. */
final class RingDirectives extends KeywordFamily {

    @Override
    public String rows() {
        return """
                backing-file 1-1 ok
                description 1-* ok
                format 1-* ok
                maxlen 1-* ok
                server 0-* ok
                size 1-* ok
                timeout 2-* ok
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        RingSpec ring = open(draft);
        Settings settings = ring.settings();
        switch (keyword.name()) {
            case "description" -> settings.set(RingSpec.DESCRIPTION, line.word(1), line.place());
            case "backing-file" -> backingFile(line, ring);
            case "size" -> size(line, ring);
            case "maxlen" -> {
                long length = Numbers.size(line.word(1));
                if (length <= 0) {
                    line.alert(1, "invalid size '" + line.word(1) + "' for new sink buffer.");
                } else {
                    settings.set(RingSpec.MAXLEN, (int) Math.min(length, Integer.MAX_VALUE), line.place());
                }
            }
            case "format" -> {
                LogFraming framing = LogLineReader.framing(line.word(1));
                if (framing == null) {
                    line.alert(1, "unknown format '" + line.word(1) + "'.");
                } else {
                    settings.set(RingSpec.FORMAT, framing, line.place());
                }
            }
            case "timeout" -> timeout(line, settings);
            case "server" -> server(line, draft, ring);
            default -> { }
        }
    }

    /** The ring of the open section, made with its first line. */
    private static RingSpec open(Draft draft) {
        String name = draft.other().name();
        for (RingSpec ring : draft.global().get(GlobalSpec.RINGS)) {
            if (ring.name().equals(name)) {
                return ring;
            }
        }
        RingSpec ring = new RingSpec(name, new Settings(), new ArrayList<>(), draft.other().place());
        Draft.append(draft.global(), GlobalSpec.RINGS, ring, ring.place());
        return ring;
    }

    private static void timeout(Statement line, Settings settings) {
        boolean connect = line.word(1).equals("connect");
        if (!connect && !line.word(1).equals("server")) {
            return;
        }
        String value = line.word(2);
        long ms = Numbers.millis(value);
        if (ms < 0) {
            int digits = 0;
            while (digits < value.length() - 1 && Character.isDigit(value.charAt(digits))) {
                digits++;
            }
            line.alertTight(2, "unexpected character '" + value.charAt(digits) + "' in argument to <timeout "
                    + line.word(1) + ">.");
        } else {
            settings.set(connect ? RingSpec.TIMEOUT_CONNECT : RingSpec.TIMEOUT_SERVER,
                    (int) Math.min(ms, Integer.MAX_VALUE), line.place());
        }
    }

    /** The file itself is begun when the ring is. */
    private static void backingFile(Statement line, RingSpec ring) {
        String known = ring.settings().get(RingSpec.BACKING_FILE);
        String path = line.word(1);
        if (known != null) {
            line.alertTight(1, "'backing-file' already specified for ring '" + ring.name() + "' (was '" + known + "').");
            return;
        }
        Path directory = Path.of(path).toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            line.alertTight(1, "cannot open backing-file '" + path + "' for ring '" + ring.name()
                    + "': No such file or directory.");
        }
        ring.settings().set(RingSpec.BACKING_FILE, path, line.place());
    }

    private static void size(Statement line, RingSpec ring) {
        Settings settings = ring.settings();
        long size = Numbers.size(line.word(1));
        int current = settings.get(RingSpec.SIZE);
        if (size <= 0 || size > Integer.MAX_VALUE) {
            line.alert(1, "invalid size '" + line.word(1) + "' for new sink buffer.");
        } else if (size < current) {
            line.warn(1, "ignoring new size '" + size + "' that is smaller than current size '" + current
                    + "' for ring '" + ring.name() + "'.");
        } else {
            settings.set(RingSpec.SIZE, (int) size, line.place());
        }
    }

    /** Of the settings of servers the framing and TLS have a meaning here. */
    private static void server(Statement line, Draft draft, RingSpec ring) {
        if (!line.has(2)) {
            alert(line, draft, "'server' expects <name> and <addr>[:<port>] as arguments.");
            return;
        }
        String where = "'server " + ring.name() + "/" + line.word(1) + "' : ";
        ParsedAddress parsed = draft.addresses().parse(line.word(2), Addresses.STREAM);
        if (parsed == null) {
            alert(line, draft, where + draft.addresses().error());
            return;
        }
        Settings settings = new Settings();
        ServerOptions options = new ServerOptions(draft, settings, line.word(1));
        String error = options.read(line, 3);
        if (options.failedAt() >= 0) {
            String wrong = line.word(options.failedAt());
            String hint = ServerOptions.TABLE.suggestion(wrong);
            alert(line, draft, where + (error != null ? error : "unknown keyword '" + wrong + "'"
                    + (hint.isEmpty() ? "." : hint)));
            return;
        }
        ring.servers().add(new RingSpec.Server(line.word(1), parsed.address(), settings.get(ServerSpec.LOG_OCTET_COUNT),
                List.copyOf(line.from(2)), settings));
    }

    private static void alert(Statement line, Draft draft, String text) {
        draft.diagnostics().report(Level.ALERT, line.place(), "[" + line.place() + "] : " + text);
    }
}
