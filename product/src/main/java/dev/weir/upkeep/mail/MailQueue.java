package dev.weir.upkeep.mail;

import dev.weir.base.address.Address;
import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.net.sock.Dialer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;

/**
 * The alerts for one mail server, sent one after the other, each in a connection of its own (RFC 5321). One that cannot be
 * delivered in its time is given up: the next one says more. Owned by the Conductor.
 */
final class MailQueue {

    private static final int MOST_WAITING = 100;

    private final Worker conductor;
    private final Address address;
    private final int patienceMs;
    private final ArrayDeque<Mail> waiting = new ArrayDeque<>();
    private Delivery current;

    MailQueue(Worker conductor, Address address, int patienceMs) {
        this.conductor = conductor;
        this.address = address;
        this.patienceMs = patienceMs;
    }

    /** When a mail server has not kept up for a long time the oldest alert goes. */
    void add(Mail mail) {
        if (waiting.size() == MOST_WAITING) {
            waiting.poll();
        }
        waiting.add(mail);
        next();
    }

    void close() {
        waiting.clear();
        if (current != null) {
            current.end();
        }
    }

    private void next() {
        if (current == null && !waiting.isEmpty()) {
            current = new Delivery(waiting.poll());
            current.begin();
        }
    }

    /** One mail's connection. */
    private final class Delivery extends Timer implements Mux, Dialer.DialOutcome {

        private static final int LONGEST_LINE = 1024;

        private final Mail mail;
        private final StringBuilder line = new StringBuilder();
        private Connection connection;
        private int turn;
        private boolean over;

        Delivery(Mail mail) {
            this.mail = mail;
        }

        void begin() {
            conductor.arm(this, patienceMs);
            connection = Connection.dial(conductor, Dialer.PLAIN, address, null, this, this);
        }

        @Override
        protected void fire(long nowMs) {
            end();
        }

        @Override
        public void opened(Connection established) {
            connection = established;
            if (over) {
                connection.close();
            }
        }

        @Override
        public void received(ByteBuf bytes) {
            while (bytes.isReadable() && !over) {
                char c = (char) bytes.readUnsignedByte();
                if (c == '\n') {
                    heard();
                } else if (line.length() < LONGEST_LINE) {
                    line.append(c);
                }
            }
            bytes.release();
        }

        /** An answer of several lines has a hyphen behind its code in all but the last. */
        private void heard() {
            boolean isLast = line.length() < 4 || line.charAt(3) != '-';
            Mail.Turn now = mail.turn(turn);
            boolean isRight = line.length() >= 3 && now.expected().contentEquals(line.subSequence(0, 3));
            line.setLength(0);
            if (!isRight || now.said() == null) {
                end();
            } else if (isLast) {
                turn++;
                connection.write(Unpooled.wrappedBuffer(Mail.bytes(now.said())));
                connection.flush();
            }
        }

        @Override
        public void inputEnded() {
            end();
        }

        @Override
        public void broken(Reason reason) {
            end();
        }

        @Override
        public void failed(Throwable cause) {
            connection = null;
            end();
        }

        void end() {
            if (over) {
                return;
            }
            over = true;
            conductor.remove(this);
            if (connection != null) {
                connection.become(Mux.NOBODY);
                connection.close();
            }
            current = null;
            // not from within: mail servers that refuse at once would be asked without end in one turn
            conductor.execute(MailQueue.this::next);
        }
    }
}
