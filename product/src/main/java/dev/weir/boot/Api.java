package dev.weir.boot;

import dev.weir.admin.cli.Inquiry;
import dev.weir.admin.cli.Level;
import dev.weir.admin.web.ApiDoor;
import dev.weir.base.text.Phrase;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.flow.drive.FrontendProgram;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the HTTP API reaches the process through, whatever generation is current. Immutable. */
final class Api implements ApiDoor {

    private final Running running;

    Api(Running running) {
        this.running = running;
    }

    @Override
    public List<Account> accounts() {
        List<Account> all = new ArrayList<>();
        for (Phrase line : running.generation().configuration().global().get(GlobalSpec.API_TOKENS)) {
            List<String> words = line.words();
            all.add(new Account(words.get(0), Level.of(words.get(1)), words.get(2).getBytes(StandardCharsets.UTF_8)));
        }
        return all;
    }

    @Override
    public void run(Account account, List<String> words, String payload, Consumer<Inquiry.Outcome> told) {
        running.site().ask(account.level(), words, payload, told);
    }

    /** On the Conductor's thread. */
    @Override
    public void audit(byte[] frontend, String line) {
        String name = new String(frontend, StandardCharsets.UTF_8);
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            printable.append(line.charAt(i) < ' ' || line.charAt(i) == 127 ? '?' : line.charAt(i));
        }
        for (FrontendProgram program : running.generation().frontends()) {
            if (program.frontend().name().equals(name)) {
                running.announcements().audit(program.frontend().spec(), printable.toString());
            }
        }
    }
}
