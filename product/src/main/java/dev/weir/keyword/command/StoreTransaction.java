package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Text;
import java.util.function.Function;

/** The one change of a kind of files of the TLS store that waits for its commit. On the Conductor's thread. */
final class StoreTransaction<T> {

    private final Function<T, String> name;
    private T pending;

    /** @param name how files of the kind are called */
    StoreTransaction(Function<T, String> name) {
        this.name = name;
    }

    /** What is to hold once it is committed, or null. */
    T pending() {
        return pending;
    }

    boolean isOpen() {
        return pending != null;
    }

    void becomes(T next) {
        pending = next;
    }

    void end() {
        pending = null;
    }

    boolean isAbout(String file) {
        return pending != null && name.apply(pending).equals(file);
    }

    /** What is pending for the file, or null. */
    T of(String file) {
        return isAbout(file) ? pending : null;
    }

    /** Why the file cannot be changed now, or null. */
    Answer hinders(String file, String failure) {
        return pending == null || isAbout(file) ? null : other(file, failure);
    }

    /** Why the file cannot be committed, or null. */
    Answer hindersCommit(String file) {
        String failure = "\nCan't commit " + file + "!";
        return pending == null ? Text.error("No ongoing transaction! !" + failure) : hinders(file, failure);
    }

    private Answer other(String file, String failure) {
        return Text.error("The ongoing transaction is about '" + name.apply(pending) + "' but you are trying to set '"
                + file + "'" + failure);
    }

    /** @param word of the kind, as {@code cert} */
    Answer abort(Call call, String word) {
        if (!call.has(3)) {
            return Text.error("'abort ssl " + word + "' expects a filename");
        }
        if (pending == null) {
            return Text.error("No ongoing transaction!");
        }
        if (!isAbout(call.word(3))) {
            return Text.error("The ongoing transaction is about '" + name.apply(pending)
                    + "' but you are trying to abort a transaction for '" + call.word(3) + "'");
        }
        end();
        return Text.info("Transaction aborted for certificate '" + call.word(3) + "'!");
    }
}
