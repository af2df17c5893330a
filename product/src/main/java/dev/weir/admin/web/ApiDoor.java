package dev.weir.admin.web;

import dev.weir.admin.cli.Inquiry;
import dev.weir.admin.cli.Level;
import java.util.List;
import java.util.function.Consumer;

/** What the HTTP API reaches the process through. */
public interface ApiDoor {

    /** Who may use it: a name for the log, what he may do, and what he shows for it. */
    record Account(String name, Level level, byte[] token) {}

    /** Those of the current configuration. */
    List<Account> accounts();

    /** Has a command carried out; told on the Conductor's thread. */
    void run(Account account, List<String> words, String payload, Consumer<Inquiry.Outcome> told);

    /** Writes who did what to the log of the frontend that he came through. */
    void audit(byte[] frontend, String line);
}
