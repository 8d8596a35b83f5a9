package io.mlconnector.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * A table of the report.
 *
 * @param type simple name of the benchmarks' class
 * @param title its heading
 * @param text what is measured
 * @param floor the benchmark that the others are compared with
 * @param own the benchmarks of the library itself
 * @param labels what each benchmark does, by its name
 */
record Group(String type, String title, String text, String floor, List<String> own, Map<String, String> labels) {

    private static final String CONTROL = "the same once more; what differs is noise";

    static final List<Group> ALL = List.of(
            new Group(
                    "WholePathBenchmark",
                    "The whole path",
                    "From the bytes of a page to canonical records, the fingerprint of each and the body of a form. All but the"
                            + " floor end in equal records and forms. The library and the streaming by hand fingerprint a record"
                            + " as the engine does, the others the JSON of it.",
                    "handStreaming",
                    List.of("rules"),
                    Map.ofEntries(
                            Map.entry("byteSlices", "bytes by hand, no objects (floor)"),
                            Map.entry("handStreaming", "Jackson streaming by hand"),
                            Map.entry("handStreamingControl", CONTROL),
                            Map.entry("rules", "ml-connector"),
                            Map.entry("pojo", "POJO databind, then by hand"),
                            Map.entry("tree", "Jackson tree, then by hand"),
                            Map.entry("mapStruct", "POJO databind, then MapStruct"),
                            Map.entry("jslt", "Jackson tree, then JSLT"),
                            Map.entry("jolt", "maps, then Jolt"),
                            Map.entry("jsonata", "maps, then JSONata"),
                            Map.entry("olingo", "Olingo client, then by hand"))),
            new Group(
                    "DecodeBenchmark",
                    "Decode",
                    "From the bytes of a page to rows. Streaming by hand and the library keep the fields that are mapped, about"
                            + " half; the others keep all.",
                    "tokenSkip",
                    List.of("rules"),
                    Map.of(
                            "byteScan", "bytes by hand, nothing kept",
                            "tokenSkip", "Jackson's parser, nothing kept (floor)",
                            "handStreaming", "Jackson streaming by hand",
                            "rules", "ml-connector",
                            "pojo", "POJO databind",
                            "tree", "Jackson tree",
                            "maps", "maps and lists",
                            "olingo", "Olingo client")),
            new Group(
                    "MapBenchmark",
                    "Map",
                    "From decoded rows to canonical records, each way from what its own decoder makes.",
                    "byHand",
                    List.of("rules"),
                    Map.of(
                            "byHand", "by hand (floor)",
                            "rules", "ml-connector",
                            "pojo", "from POJOs by hand, with the JDK's parsers",
                            "mapStruct", "MapStruct",
                            "tree", "from a tree by hand",
                            "jslt", "JSLT",
                            "jolt", "Jolt",
                            "jsonata", "JSONata")),
            new Group(
                    "CsvBenchmark",
                    "CSV",
                    "A row of an invoice file of 28 columns as Stampli exports it, 20,000 rows, from bytes to checked bills. The"
                            + " parser alone makes texts of all fields.",
                    "fastCsv",
                    List.of("bills"),
                    Map.of(
                            "fastCsv", "FastCSV alone (floor)",
                            "bills", "ml-connector, parse and map")),
            new Group(
                    "FingerprintBenchmark",
                    "Fingerprint",
                    "The hash of every record of a page. The floor hashes bytes that are there already.",
                    "sha256OfBytes",
                    List.of("ofRecord", "ofFields"),
                    Map.of(
                            "sha256OfBytes", "SHA-256 of ready JSON (floor)",
                            "ofRecord", "ml-connector, the whole record",
                            "ofFields", "ml-connector, and every field",
                            "jsonThenSha256", "Jackson, then SHA-256")),
            new Group(
                    "EncodeBenchmark",
                    "Encode",
                    "From canonical records to bodies of nine parameters.",
                    "formByHand",
                    List.of("formByRules", "jsonByRules"),
                    Map.of(
                            "formByHand", "form by hand (floor)",
                            "formByRules", "ml-connector, form",
                            "formByMap", "form by a map and URLEncoder",
                            "jsonByRules", "ml-connector, JSON",
                            "jsonByMap", "JSON by a map and Jackson")),
            new Group(
                    "PagePumpBenchmark",
                    "Page pump",
                    "200 pages of 500 rows over HTTP on loopback, from a server that takes 20 ms to answer; every page is mapped,"
                            + " fingerprinted and encoded, and then waits 12 ms as if for a target. Two passes each, after a warm-up of 20 pages.",
                    "fetching",
                    List.of("pump"),
                    Map.of(
                            "fetching", "fetching alone",
                            "working", "working alone",
                            "pump", "ml-connector",
                            "oneAfterTheOther", "one page after the other")),
            new Group(
                    "PlannerBenchmark",
                    "Planner",
                    "The plan for a page against the ledger in memory. The floor asks for the links and hashes the records, and"
                            + " decides nothing.",
                    "lookUpAndHash",
                    List.of("plan"),
                    Map.of("lookUpAndHash", "links and hashes (floor)", "plan", "ml-connector")),
            new Group(
                    "LedgerBenchmark",
                    "Ledger",
                    "A batch of new records: intents in one transaction, then links, closed intents and audit entries in"
                            + " another. The floor writes the same rows by bare JDBC in one transaction, without hash chain and"
                            + " fence. Every commit is synced.",
                    "bareJdbc",
                    List.of("ledger"),
                    Map.of(
                            "bareJdbc", "bare JDBC (floor)",
                            "ledger", "ml-connector")),
            new Group(
                    "LimiterBenchmark",
                    "Limiter",
                    "One permit out of a quota that is never short.",
                    "byHand",
                    List.of("tokenBucket"),
                    Map.of(
                            "byHand", "a clock and an addition under a lock (floor)",
                            "tokenBucket", "ml-connector",
                            "bucket4j", "bucket4j itself")));

    /** Returns the name of the picture's file. */
    String picture() {
        return title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + ".svg";
    }

    String label(String benchmark) {
        return labels.getOrDefault(benchmark, benchmark);
    }
}
