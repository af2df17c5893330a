package dev.weir.model.balance;

/** A server like all others: up, never full, of weight 16, with the load that its program gives it. */
class LevelServer implements Candidate {

    int load;

    @Override
    public int effectiveWeight() {
        return 16;
    }

    @Override
    public boolean usable() {
        return true;
    }

    @Override
    public boolean full() {
        return false;
    }

    @Override
    public boolean backup() {
        return false;
    }

    @Override
    public int load() {
        return load;
    }
}
