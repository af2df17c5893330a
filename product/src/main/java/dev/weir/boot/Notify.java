package dev.weir.boot;

import dev.weir.base.time.Clock;
import dev.weir.net.sys.NotifySocket;

/** Tells systemd how the process is ({@code -Ws}, {@code Type=notify-reload}); says nothing where nobody asked. */
final class Notify {

    private final String socket;
    private final long pid;

    /** @param socket what {@code NOTIFY_SOCKET} says, or null */
    Notify(String socket, long pid) {
        this.socket = socket;
        this.pid = pid;
    }

    void ready() {
        send("READY=1\nMAINPID=" + pid + "\nSTATUS=Ready.\n");
    }

    void reloading() {
        send("RELOADING=1\nSTATUS=Reloading Configuration.\nMONOTONIC_USEC="
                + Clock.SYSTEM.monotonicNanos() / 1000 + "\n");
    }

    void reloaded(boolean good) {
        send(good ? "READY=1\nSTATUS=Ready.\n" : "READY=1\nSTATUS=Reload failed!\n");
    }

    void stopping() {
        send("STOPPING=1\n");
    }

    private void send(String text) {
        if (socket != null) {
            NotifySocket.send(socket, text);
        }
    }
}
