package io.mlconnector.engine;

import java.util.List;

/** The feeds of all second audit logs. Wakes them whenever a page is settled. */
final class AuditFeeds implements SyncListener, AutoCloseable {

    private final List<AuditFeed> feeds;

    AuditFeeds(List<AuditFeed> feeds) {
        this.feeds = List.copyOf(feeds);
    }

    /** Called before the first entry is appended, so that a second log misses nothing; and catches up. */
    void begin() {
        feeds.forEach(AuditFeed::enlist);
        wake();
    }

    void wake() {
        feeds.forEach(AuditFeed::wake);
    }

    @Override
    public void pageSettled(FlowReport soFar) {
        wake();
    }

    @Override
    public void close() {
        feeds.forEach(AuditFeed::close);
    }
}
