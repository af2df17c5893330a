package dev.weir.admin.cli;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;

/**
 * One client of the runtime socket: takes lines, carries out their commands one after the other, writes each answer as
 * the client reads it. Nothing is read while more than a buffer of input waits. Owned by the Conductor.
 */
final class CliSession implements Mux, Terminal {

    private static final int PIECE = 12 * 1024;

    private final CliDoor door;
    private final Worker worker;
    private final ArrayDeque<List<String>> commands = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private final Timer patience = new Timer() {
        @Override
        protected void fire(long nowMs) {
            timedOut();
        }
    };

    private Connection connection;
    private InputLines input;
    private Level level;
    private Severity.Output severityOutput;
    private Mode mode = Mode.ONCE;
    private int timeoutMs;
    private boolean timed;
    private boolean withWorker;
    private boolean expert;
    private boolean masterDebugged;
    private Mask mask;
    private boolean experimental;
    private Answer answer;
    private boolean answerBegun;
    private String tag;
    private StringBuilder payload;
    private boolean inputOver;
    private boolean quitting;
    private boolean advancing;
    private boolean closed;
    private boolean handed;

    CliSession(CliDoor door, Worker worker) {
        this.door = door;
        this.worker = worker;
        this.level = door.level();
        this.severityOutput = door.severityOutput();
        this.timeoutMs = door.terms().timeoutMs();
    }

    @Override
    public void opened(Connection accepted) {
        connection = accepted;
        input = new InputLines(door.terms().bufferBytes());
        rearm();
    }

    @Override
    public void received(ByteBuf bytes) {
        input.add(bytes);
        bytes.release();
        if (answer != null) {
            answer.interrupted();
        }
    }

    @Override
    public void receivedAll() {
        rearm();
        if (input.isFull()) {
            connection.pauseReading();
        }
        advance();
    }

    @Override
    public void inputEnded() {
        inputOver = true;
        advance();
    }

    @Override
    public void writable() {
        rearm();
        advance();
    }

    @Override
    public void broken(Reason reason) {
        gone();
    }

    @Override
    public void resume() {
        advance();
    }

    /** Does all that can be done now. An answer may resume the session from within: then the loop that runs goes on. */
    private void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        while (!closed && step()) {
            // until something has to come first
        }
        advancing = false;
    }

    /** One step on; false when something has to come first. */
    private boolean step() {
        if (answer != null) {
            return pump();
        }
        if (quitting) {
            close();
            return false;
        }
        List<String> next = tag == null ? commands.poll() : null;
        if (next != null) {
            answer = door.run(new Call(this, next, commands.isEmpty() ? takePayload() : null));
            answerBegun = false;
            return true;
        }
        return takeLine();
    }

    private String takePayload() {
        String taken = payload == null ? null : payload.toString();
        payload = null;
        return taken;
    }

    private boolean takeLine() {
        String line = input.next();
        if (line == null) {
            return starve();
        }
        if (!input.isFull()) {
            connection.resumeReading();
        }
        if (tag == null && line.equals("_getsocks")) {
            // an answer of descriptors: nothing of ours may stand before it, and the session ends when they are taken
            if (!handed && door.hand(connection.descriptor())) {
                handed = true;
                mode = Mode.INTERACTIVE;
            } else {
                close();
            }
        } else if (handed) {
            close();
        } else if (tag != null) {
            payloadLine(line);
        } else {
            CommandLine parsed = CommandLine.of(line);
            commands.addAll(parsed.commands());
            tag = parsed.tag();
            payload = tag == null ? null : new StringBuilder();
            promptForPayload();
        }
        return true;
    }

    private void payloadLine(String line) {
        if (line.equals(tag)) {
            tag = null;
            return;
        }
        payload.append(line).append('\n');
        if (payload.length() > door.terms().payloadBytes()) {
            tag = null;
            commands.clear();
            payload = null;
            answer = Text.error("The payload is too big (tune.cli.max-payload-size).");
            answerBegun = false;
            return;
        }
        promptForPayload();
    }

    private void promptForPayload() {
        if (tag != null && mode == Mode.PROMPT) {
            send("+ ");
            connection.flush();
        }
    }

    /** No whole line is there. A session of one line ends with its last answer; half a line at the end is none. */
    private boolean starve() {
        if (input.isFull()) {
            // a line that is longer than the buffer never ends
            answer = Text.error("The command line is too long (tune.bufsize).");
            answerBegun = false;
            quitting = true;
            input.discard();
            return true;
        }
        boolean done = input.hasTaken() && mode == Mode.ONCE && tag == null;
        if (inputOver || done) {
            close();
        }
        return false;
    }

    /** Writes on; true when the answer is out. */
    private boolean pump() {
        while (connection.isWritable()) {
            text.setLength(0);
            Answer.Progress progress = answer.write(text, PIECE);
            boolean says = !text.isEmpty() && !answerBegun;
            if (says && answer.severity() != null) {
                text.insert(0, answer.severity().prefix(severityOutput));
            }
            answerBegun |= says;
            if (progress == Answer.Progress.DONE) {
                finish();
                return true;
            }
            send(text);
            connection.flush();
            if (progress == Answer.Progress.WAITING) {
                return false;
            }
        }
        return false;
    }

    private void finish() {
        boolean silent = answer == MasterCommands.SILENCE;
        answer = null;
        if (silent) {
            text.setLength(0);
        } else if (!quitting || !text.isEmpty()) {
            text.append('\n');
        }
        if (mode == Mode.PROMPT && !quitting) {
            appendPrompt();
        }
        send(text);
        connection.flush();
    }

    private void appendPrompt() {
        if (timed) {
            long seconds = door.terms().uptimeSeconds().getAsLong();
            text.append('[').append(seconds / 86_400);
            for (long part : new long[] {seconds / 3600 % 24, seconds / 60 % 60, seconds % 60}) {
                text.append(part < 10 ? ":0" : ":").append(part);
            }
            text.append("]");
        }
        text.append(door.prompt(this)).append("> ");
    }

    private void send(CharSequence what) {
        if (!what.isEmpty()) {
            ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(what.length() + 16);
            out.writeCharSequence(what, StandardCharsets.UTF_8);
            connection.write(out);
        }
    }

    private void rearm() {
        if (!closed && timeoutMs > 0) {
            worker.arm(patience, timeoutMs);
        }
    }

    /** An answer that takes its time is no reason to leave; a client that does not read is. */
    private void timedOut() {
        if (answer != null && connection.isWritable()) {
            rearm();
        } else {
            connection.close();
            gone();
        }
    }

    private void close() {
        connection.become(Mux.NOBODY);
        connection.write(Unpooled.EMPTY_BUFFER);
        connection.closeAfterFlush(timeoutMs);
        gone();
    }

    private void gone() {
        if (!closed) {
            closed = true;
            worker.remove(patience);
            if (answer != null) {
                answer.abandoned();
                answer = null;
            }
            door.left();
        }
    }

    @Override
    public Level level() {
        return level;
    }

    @Override
    public void lower(Level next) {
        level = level.includes(next) ? next : level;
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public void mode(Mode next) {
        mode = next;
    }

    @Override
    public void timed(boolean shown) {
        timed = shown;
    }

    @Override
    public boolean isTimed() {
        return timed;
    }

    @Override
    public void severityOutput(Severity.Output output) {
        severityOutput = output;
    }

    @Override
    public void timeoutMs(int ms) {
        timeoutMs = ms;
        rearm();
    }

    @Override
    public boolean isExpert() {
        return expert;
    }

    @Override
    public void expert(boolean on) {
        expert = on;
    }

    @Override
    public boolean isExperimental() {
        return experimental;
    }

    @Override
    public void experimental(boolean on) {
        experimental = on;
    }

    @Override
    public boolean isWithWorker() {
        return withWorker;
    }

    @Override
    public void withWorker(boolean on) {
        withWorker = on;
    }

    @Override
    public boolean isMasterDebugged() {
        return masterDebugged;
    }

    @Override
    public void masterDebugged(boolean on) {
        masterDebugged = on;
    }

    @Override
    public Mask mask() {
        return mask;
    }

    @Override
    public void mask(Mask next) {
        mask = next;
    }

    @Override
    public String client() {
        Address from = connection.source();
        return switch (from == null ? Family.UNIX : from.family()) {
            case IPV4 -> "proto=tcpv4 src=" + from;
            case IPV6 -> "proto=tcpv6 src=" + from;
            default -> "proto=unix_stream src=unix:1";
        };
    }

    @Override
    public void quit() {
        quitting = true;
        commands.clear();
    }
}
