package io.mlconnector.stampli;

import io.mlconnector.model.PurchaseOrder;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of purchase orders for the bills that refer to them, wherever the source of purchase orders has put them.
 * Their faults are reported by that source. Safe for threads.
 */
final class OrderFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OrderFiles.class);
    private static final int MOST_FILES = 2_000;
    private static final int DEEPEST = 3; // year, month and day

    private final boolean wanted;
    private final FileRules rules;
    private final FileFormat format;
    private final DocumentMapper<PurchaseOrder> mapper;
    private final KnownOrders known = new KnownOrders();
    private final Set<String> read = new HashSet<>();

    OrderFiles(boolean wanted, FileRules rules, FileContract<PurchaseOrder> contract, FileFormat format) {
        this.wanted = wanted;
        this.rules = rules;
        this.format = format;
        this.mapper = new DocumentMapper<>(contract);
    }

    KnownOrders known() {
        return known;
    }

    /** Reads the files that were not read before. */
    synchronized void refresh(SftpClient client) {
        if (!wanted) {
            return;
        }
        try (SftpSession session = client.open()) {
            var files = new ArrayList<RemoteFile>();
            collect(session, rules.directory(), 0, files);
            String archive = rules.archive();
            if (archive != null) {
                collect(session, archive, DEEPEST, files);
            }
            files.removeIf(file -> read.contains(identity(file)));
            files.sort(Comparator.comparing(file -> FileOrder.of(rules.pattern(), file.name())));
            for (RemoteFile file : files.subList(Math.max(0, files.size() - MOST_FILES), files.size())) {
                read(session, file);
                read.add(identity(file));
            }
        }
    }

    /** A file that was moved is still the same. */
    private static String identity(RemoteFile file) {
        return Fields.join(file.name(), file.size(), file.modified());
    }

    private void collect(SftpSession session, String directory, int depth, List<RemoteFile> files) {
        for (RemoteFile file : session.listIfThere(directory)) {
            boolean plain = !file.name().startsWith(".") && !file.name().contains("/");
            if (file.kind() == RemoteFile.Kind.DIRECTORY && depth > 0 && plain) {
                collect(session, file.path(), depth - 1, files);
            } else if (file.kind() == RemoteFile.Kind.FILE
                    && file.size() <= rules.mostBytes()
                    && rules.pattern().matcher(file.name()).matches()) {
                files.add(file);
            }
        }
    }

    private void read(SftpSession session, RemoteFile file) {
        try (Spool spool = session.fetch(file)) {
            FileFormat.Verdict verdict = format.look(file.name(), spool, false, -1);
            try (DocumentReader reader = format.open(file.name(), spool, verdict.charset())) {
                while (reader.next()) {
                    add(file.name(), reader.document());
                }
            }
        } catch (BadFileException | IncompleteFileException e) {
            LOG.debug("bills are not compared with {}: {}", file.path(), e.getMessage());
        } catch (IOException e) {
            throw new UnavailableException(
                    "the purchase orders in " + file.path() + " cannot be read: " + e.getMessage(), Details.NONE, e);
        }
    }

    private void add(String name, Document document) {
        try {
            known.add(mapper.map(name, document));
        } catch (MappingException e) {
            LOG.debug("bills are not compared with an order of {}: {}", name, e.getMessage());
        }
    }
}
