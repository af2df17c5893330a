package dev.weir.net.loop;

import io.netty.util.internal.logging.AbstractInternalLogger;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.util.function.BiConsumer;

/**
 * What Netty has to say goes to nobody: standard error belongs to HAProxy's messages. Its errors with a cause are
 * handed on, since they are bugs. Installed before the first class of Netty's is used; costs no logging framework.
 */
final class NettyTalk extends AbstractInternalLogger {

    private static final long serialVersionUID = 1;
    private static volatile BiConsumer<String, Throwable> ear = (text, cause) -> { };

    private NettyTalk(String name) {
        super(name);
    }

    static void install() {
        InternalLoggerFactory.setDefaultFactory(new InternalLoggerFactory() {
            @Override
            protected InternalLogger newInstance(String name) {
                return new NettyTalk(name);
            }
        });
    }

    static void to(BiConsumer<String, Throwable> listener) {
        ear = listener;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public void trace(String text) {
        // not for anybody
    }

    @Override
    public void trace(String format, Object argument) {
        // not for anybody
    }

    @Override
    public void trace(String format, Object first, Object second) {
        // not for anybody
    }

    @Override
    public void trace(String format, Object... arguments) {
        // not for anybody
    }

    @Override
    public void trace(String text, Throwable cause) {
        // not for anybody
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public void debug(String text) {
        // not for anybody
    }

    @Override
    public void debug(String format, Object argument) {
        // not for anybody
    }

    @Override
    public void debug(String format, Object first, Object second) {
        // not for anybody
    }

    @Override
    public void debug(String format, Object... arguments) {
        // not for anybody
    }

    @Override
    public void debug(String text, Throwable cause) {
        // not for anybody
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public void info(String text) {
        // not for anybody
    }

    @Override
    public void info(String format, Object argument) {
        // not for anybody
    }

    @Override
    public void info(String format, Object first, Object second) {
        // not for anybody
    }

    @Override
    public void info(String format, Object... arguments) {
        // not for anybody
    }

    @Override
    public void info(String text, Throwable cause) {
        // not for anybody
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public void warn(String text) {
        // not for anybody
    }

    @Override
    public void warn(String format, Object argument) {
        tell(format, argument);
    }

    @Override
    public void warn(String format, Object first, Object second) {
        tell(format, second);
    }

    @Override
    public void warn(String format, Object... arguments) {
        tell(format, arguments.length == 0 ? null : arguments[arguments.length - 1]);
    }

    @Override
    public void warn(String text, Throwable cause) {
        tell(text, cause);
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    public void error(String text) {
        // not for anybody
    }

    @Override
    public void error(String format, Object argument) {
        tell(format, argument);
    }

    @Override
    public void error(String format, Object first, Object second) {
        tell(format, second);
    }

    @Override
    public void error(String format, Object... arguments) {
        tell(format, arguments.length == 0 ? null : arguments[arguments.length - 1]);
    }

    @Override
    public void error(String text, Throwable cause) {
        tell(text, cause);
    }

    private static void tell(String text, Object last) {
        if (last instanceof Throwable cause && !(cause instanceof IOException)) {
            ear.accept(text, cause);
        } else if (text.startsWith("LEAK: ")) {
            // looked for only when Netty is told to: a buffer that nobody gave back
            ear.accept("a buffer leaks", new IllegalStateException(String.valueOf(last)));
        }
    }
}
