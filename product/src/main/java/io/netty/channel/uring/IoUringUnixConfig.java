package io.netty.channel.uring;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannelConfig;

/**
 * The settings of a UNIX stream under io_uring. The transport lets one direction end alone only where the settings are
 * those of a TCP channel: so these are, and what only TCP has they take and forget. Worker-owned.
 */
final class IoUringUnixConfig extends IoUringStreamChannelConfig implements SocketChannelConfig {

    private boolean halfClosing;

    IoUringUnixConfig(AbstractIoUringChannel channel) {
        super(channel);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        if (option == ChannelOption.ALLOW_HALF_CLOSURE) {
            halfClosing = (Boolean) value;
            return true;
        }
        return super.setOption(option, value);
    }

    @Override
    public boolean isAllowHalfClosure() {
        return halfClosing;
    }

    @Override
    public IoUringUnixConfig setAllowHalfClosure(boolean allow) {
        halfClosing = allow;
        return this;
    }

    @Override
    public boolean isTcpNoDelay() {
        return false;
    }

    @Override
    public boolean isKeepAlive() {
        return false;
    }

    @Override
    public boolean isReuseAddress() {
        return false;
    }

    @Override
    public int getSoLinger() {
        return -1;
    }

    @Override
    public int getSendBufferSize() {
        return 0;
    }

    @Override
    public int getReceiveBufferSize() {
        return 0;
    }

    @Override
    public int getTrafficClass() {
        return 0;
    }

    @Override
    public IoUringUnixConfig setTcpNoDelay(boolean ignored) {
        return this;
    }

    @Override
    public IoUringUnixConfig setKeepAlive(boolean ignored) {
        return this;
    }

    @Override
    public IoUringUnixConfig setReuseAddress(boolean ignored) {
        return this;
    }

    @Override
    public IoUringUnixConfig setSoLinger(int ignored) {
        return this;
    }

    @Override
    public IoUringUnixConfig setSendBufferSize(int ignored) {
        return this;
    }

    @Override
    public IoUringUnixConfig setReceiveBufferSize(int ignored) {
        return this;
    }

    @Override
    public IoUringUnixConfig setTrafficClass(int ignored) {
        return this;
    }

    @Override
    public IoUringUnixConfig setPerformancePreferences(int time, int latency, int bandwidth) {
        return this;
    }

    @Override
    public IoUringUnixConfig setConnectTimeoutMillis(int value) {
        super.setConnectTimeoutMillis(value);
        return this;
    }

    @Override
    public IoUringUnixConfig setMaxMessagesPerRead(int value) {
        super.setMaxMessagesPerRead(value);
        return this;
    }

    @Override
    public IoUringUnixConfig setWriteSpinCount(int value) {
        super.setWriteSpinCount(value);
        return this;
    }

    @Override
    public IoUringUnixConfig setAllocator(ByteBufAllocator value) {
        super.setAllocator(value);
        return this;
    }

    @Override
    public IoUringUnixConfig setRecvByteBufAllocator(RecvByteBufAllocator value) {
        super.setRecvByteBufAllocator(value);
        return this;
    }

    @Override
    public IoUringUnixConfig setAutoRead(boolean value) {
        super.setAutoRead(value);
        return this;
    }

    @Override
    public IoUringUnixConfig setAutoClose(boolean value) {
        super.setAutoClose(value);
        return this;
    }

    @Override
    public IoUringUnixConfig setMessageSizeEstimator(MessageSizeEstimator value) {
        super.setMessageSizeEstimator(value);
        return this;
    }

    @Override
    public IoUringUnixConfig setWriteBufferWaterMark(WriteBufferWaterMark value) {
        super.setWriteBufferWaterMark(value);
        return this;
    }
}
