package dev.weir.keyword;

import dev.weir.base.address.Address;
import dev.weir.flow.expr.ConnectionFacts;
import dev.weir.flow.expr.Contents;
import dev.weir.flow.expr.ExchangeFacts;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.HttpHead;
import dev.weir.flow.expr.ProcessFacts;
import dev.weir.flow.expr.ProxyFacts;
import dev.weir.flow.expr.ServerFacts;
import dev.weir.model.stick.TrackedEntries;
import dev.weir.model.value.LocalVariables;
import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableBudget;
import dev.weir.model.value.VariableScope;
import dev.weir.model.value.Variables;
import dev.weir.model.value.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** An exchange with whatever a test puts into it, and simple facts about the rest. */
public final class TestExchange implements ExpressionContext {

    public final TestScope scope;
    public final Workspace workspace = new Workspace(16384);
    public final Map<VariableScope, Variables> variables = new EnumMap<>(VariableScope.class);
    public boolean isFinal = true;
    public long nowMs = 1_000_000;
    public final TrackedEntries tracked = TrackedEntries.ofSession(3);
    public boolean isResponse;
    public HttpHead request;
    public HttpHead response;
    public Contents requestBody;
    public Contents responseBody;
    public Contents requestBuffer;
    public Contents responseBuffer;

    public TestExchange(TestScope scope) {
        this.scope = scope;
        VariableBudget budget = new VariableBudget(null, 0);
        for (VariableScope each : VariableScope.values()) {
            variables.put(each, new LocalVariables(budget));
        }
    }

    /** Bytes that are there, and whether they are all. */
    public record Bytes(byte[] bytes, boolean isComplete) implements Contents {
        @Override
        public int at() {
            return 0;
        }

        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public long announcedLength() {
            return bytes.length;
        }
    }

    public void request(String message) {
        TestHead head = new TestHead(message);
        request = head;
        requestBody = new Bytes(head.body.getBytes(StandardCharsets.ISO_8859_1), true);
    }

    public void response(String message) {
        TestHead head = new TestHead(message);
        response = head;
        responseBody = new Bytes(head.body.getBytes(StandardCharsets.ISO_8859_1), true);
        isResponse = true;
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public boolean isFinal() {
        return isFinal;
    }

    @Override
    public boolean isResponse() {
        return isResponse;
    }

    @Override
    public Variables variables(VariableScope which) {
        return variables.get(which);
    }

    @Override
    public HttpHead request() {
        return request;
    }

    @Override
    public HttpHead response() {
        return response;
    }

    @Override
    public Contents requestBody() {
        return requestBody;
    }

    @Override
    public Contents responseBody() {
        return responseBody;
    }

    @Override
    public Contents requestBuffer() {
        return requestBuffer;
    }

    @Override
    public Contents responseBuffer() {
        return responseBuffer;
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public TrackedEntries tracked() {
        return tracked;
    }

    @Override
    public ProxyFacts frontend() {
        return scope.frontend("f");
    }

    @Override
    public ProxyFacts backend() {
        return scope.frontend("f");
    }

    @Override
    public ServerFacts chosenServer() {
        return isResponse ? scope.server("b1", "s1") : null;
    }

    @Override
    public ConnectionFacts server() {
        return isResponse ? new Loopback() : null;
    }

    @Override
    public ConnectionFacts client() {
        return new Loopback();
    }

    @Override
    public void debug(String sink, String prefix, Sample value) {
        // rows look at values
    }

    @Override
    public ProcessFacts process() {
        return new ProcessFacts() {
            @Override
            public long wallMicros() {
                return 784_111_777_123_456L;
            }

            @Override
            public long uptimeSeconds() {
                return 5;
            }

            @Override
            public long pid() {
                return 77;
            }

            @Override
            public byte[] hostname() {
                return "vm".getBytes(StandardCharsets.US_ASCII);
            }

            @Override
            public int thread() {
                return 0;
            }

            @Override
            public boolean isStopping() {
                return false;
            }

            @Override
            public long activeConnections() {
                return 1;
            }

            @Override
            public long random() {
                return 0x1234_5678_9abc_def0L;
            }

            @Override
            public long cpuUsage(boolean all) {
                return 0;
            }

            @Override
            public ProxyFacts frontend(byte[] name, int at, int length) {
                return scope.frontend(new String(name, at, length, StandardCharsets.ISO_8859_1));
            }

            @Override
            public ProxyFacts backend(byte[] name, int at, int length) {
                return scope.backend(new String(name, at, length, StandardCharsets.ISO_8859_1));
            }

            @Override
            public ServerFacts server(ProxyFacts backend, byte[] name, int at, int length) {
                return scope.server(new String(backend.name(), StandardCharsets.ISO_8859_1),
                        new String(name, at, length, StandardCharsets.ISO_8859_1));
            }
        };
    }

    @Override
    public ExchangeFacts exchange() {
        return new ExchangeFacts() {
            @Override
            public long number(Number which) {
                return switch (which) {
                    case ACCEPT_MICROS -> 784_111_777_123_456L;
                    case IS_FIRST_REQUEST, CALLS, LISTENER_ID -> 1;
                    case PRIORITY_CLASS, PRIORITY_OFFSET, RETRIES -> 0;
                    default -> NONE;
                };
            }

            @Override
            public boolean text(Text which, Sample out) {
                return false;
            }

            @Override
            public boolean is(State state) {
                return state == State.FORWARDED && isResponse;
            }

            @Override
            public boolean captured(boolean ofResponse, int slot, Sample out) {
                return false;
            }

            @Override
            public boolean capture(boolean ofResponse, int slot, Sample value) {
                return false;
            }
        };
    }

    private static final class Loopback implements ConnectionFacts {
        private static final Address CLIENT = Address.ipv4(0x7f000001, 4000);
        private static final Address US = Address.ipv4(0x7f000001, 80);

        @Override
        public Address source() {
            return CLIENT;
        }

        @Override
        public Address destination() {
            return US;
        }

        @Override
        public Address originalSource() {
            return CLIENT;
        }

        @Override
        public Address originalDestination() {
            return US;
        }

        @Override
        public boolean isLocal(Address address) {
            return true;
        }

        @Override
        public int error() {
            return 0;
        }

        @Override
        public boolean receivedProxyHeader() {
            return false;
        }

        @Override
        public boolean isReused() {
            return false;
        }

        @Override
        public long number(Number which) {
            return switch (which) {
                case HTTP_MAJOR, STREAMS, STREAM_LIMIT -> 1;
                case RTT -> 6;
                default -> NONE;
            };
        }

        @Override
        public boolean proxyField(int type, int occurrence, Sample out) {
            return false;
        }

        @Override
        public boolean savedSyn(Sample out) {
            return false;
        }
    }
}
