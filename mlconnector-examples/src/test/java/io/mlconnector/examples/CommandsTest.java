package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlconnector.config.Integration;
import io.mlconnector.secret.MasterKey;
import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsRow;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of an operator, on a configuration whose secrets are typed first. */
class CommandsTest {

    private final IfsSandbox ifs = IfsSandbox.start();
    private final StripeSandbox stripe = StripeSandbox.start();

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private String output = "";

    @BeforeEach
    void configure() throws IOException {
        Path key = Files.writeString(
                folder.resolve("master.key"), MasterKey.generate().toBase64());
        file = Files.writeString(folder.resolve("books.json"), """
                {
                  "ledger": {"type": "sqlite", "file": "%1$s/ledger.db"},
                  "credentials": {"file": "%1$s/credentials.json", "masterKeyFile": "%2$s"},
                  "connections": {
                    "ifs-prod": {"type": "ifs", "baseUrl": "%3$s", "tokenUrl": "%4$s", "clientId": "%5$s",
                                 "clientSecret": "${secret:ifs-prod/clientSecret}", "company": "10"},
                    "stripe-prod": {"type": "stripe", "apiKey": "${secret:stripe-prod/apiKey}", "baseUrl": "%6$s",
                                    "requestsPerSecond": 1000}
                  },
                  "flows": {
                    "customers": {"from": "ifs-prod/customers", "to": "stripe-prod/customers"},
                    "invoices": {"from": "ifs-prod/invoices", "to": "stripe-prod/invoices"}
                  },
                  "schedules": {"*": {"every": "PT10M"}}
                }""".formatted(
                        folder, key, ifs.baseUrl(), ifs.tokenUrl(), ifs.clientId(), stripe.baseUrl()));
    }

    @AfterEach
    void stop() {
        stripe.close();
        ifs.close();
    }

    @Test
    void anOperatorWalksThroughAllCommands() throws IOException {
        IfsDemoData.seeded(1, Instant.now(), 3, 5).loadInto(ifs);
        assertThat(typing("", "check", "FILE")).isEqualTo(2);
        assertThat(output).contains("needs the credential 'ifs-prod/clientSecret', which is not in the store");
        assertThat(typing(ifs.clientSecret() + "\n", "secret", "set", "FILE", "ifs-prod/clientSecret"))
                .isZero();
        assertThat(typing(stripe.apiKey() + "\n", "secret", "set", "FILE", "stripe-prod/apiKey"))
                .isZero();
        assertThat(call("secret", "list", "FILE")).isZero();
        assertThat(output).contains("stripe-prod/apiKey").doesNotContain(stripe.apiKey());
        assertThat(call("check", "FILE")).isZero();
        assertThat(call("status", "FILE")).isZero();
        assertThat(call("mapping", "describe", "FILE", "customers")).isZero();
        assertThat(output).contains("customers", "name");

        Path plan = folder.resolve("plan.json");
        assertThat(call("plan", "FILE", "customers", "--save", plan.toString())).isZero();
        assertThat(output).contains("CREATE").contains("3 read, 3 to write in 3 calls, 0 held");
        assertThat(stripe.customers()).isEmpty();
        assertThat(call("apply", "FILE", plan.toString())).isZero();
        assertThat(stripe.customers()).hasSize(3);
        assertThat(call("run", "FILE")).isZero();
        assertThat(stripe.invoices()).hasSize(5);
        JsonNode again = json("run", "FILE", "invoices", "--json");
        assertThat(again.get(0).get("created").intValue()).isZero();
        assertThat(again.get(0).get("balanced").booleanValue()).isTrue();

        JsonNode shown = json("audit", "show", "FILE", "--flow", "customers", "--json");
        String id = shown.get(0).get("record").textValue();
        assertThat(shown).hasSize(3);
        assertThat(json("audit", "show", "FILE", "--flow", "customers", "--id", id, "--json"))
                .hasSize(1);
        assertThat(call("audit", "verify", "FILE")).isZero();
        assertThat(call("audit", "export", "FILE", folder.resolve("audit.jsonl").toString(), "--prune-by", "Ada"))
                .isZero();
        assertThat(output).contains("8 entries exported", "8 entries pruned");

        assertThat(call("resync", "FILE", "customers", "--key", id)).isZero();
        assertThat(call("position", "show", "FILE", "customers")).isZero();
        assertThat(call("position", "reset", "FILE", "customers", "--by", "Ada"))
                .isZero();
        assertThat(json("run", "FILE", "customers", "--json")
                        .get(0)
                        .get("unchanged")
                        .intValue())
                .isEqualTo(3);
        assertThat(call(
                        "reconcile",
                        "FILE",
                        "invoices",
                        "--page",
                        folder.resolve("page.html").toString()))
                .isZero();
        assertThat(folder.resolve("page.html")).content().contains("<html");
        assertThat(call("doubt", "list", "FILE", "invoices")).isZero();
        assertThat(output).contains("(none)");

        assertThat(typing(stripe.rollKey(), "secret", "rotate", "FILE", "stripe-prod/apiKey", "--overlap", "PT1M"))
                .isZero();
        assertThat(call("check", "FILE")).isZero();
        assertThat(call("secret", "reseal", "FILE")).isZero();
        assertThat(output).contains("0 sealed under the current master key");
    }

    @Test
    void everyReadingOfACredentialIsTold() {
        typing(ifs.clientSecret(), "secret", "set", "FILE", "ifs-prod/clientSecret");
        typing(stripe.apiKey(), "secret", "set", "FILE", "stripe-prod/apiKey");
        var told = new ArrayList<String>();

        Integration.builder()
                .onCredentialAccess(access -> told.add(access.kind() + " " + access.name() + " " + access.number()))
                .load(file)
                .close();

        assertThat(told).contains("READ ifs-prod/clientSecret 1", "READ stripe-prod/apiKey 1");
    }

    @Test
    void flowsArePausedAndResumed() throws IOException {
        typing(ifs.clientSecret(), "secret", "set", "FILE", "ifs-prod/clientSecret");
        typing(stripe.apiKey(), "secret", "set", "FILE", "stripe-prod/apiKey");

        assertThat(call("pause", "FILE", "--by", "Ada")).isZero();
        assertThat(output).contains("customers is paused", "invoices is paused");
        assertThat(call("resume", "FILE", "invoices", "--by", "Grace")).isZero();

        JsonNode status = json("status", "FILE", "--json");
        assertThat(status.get(0).get("next run").textValue()).isEqualTo("paused by Ada");
        assertThat(Instant.parse(status.get(1).get("next run").textValue())).isBeforeOrEqualTo(Instant.now());
        assertThat(call("audit", "show", "FILE", "--flow", "customers")).isZero();
        assertThat(output).contains("paused by Ada");
    }

    @Test
    void lettersAreListedShownReplayedAndDiscarded() throws IOException {
        IfsDemoData.seeded(1, Instant.now(), 2, 3).loadInto(ifs);
        List<IfsRow> vouchers = ifs.rows("VoucherSet");
        vouchers.subList(0, 2).forEach(voucher -> ifs.put("VoucherSet", withTotalOff(voucher)));
        typing(ifs.clientSecret(), "secret", "set", "FILE", "ifs-prod/clientSecret");
        typing(stripe.apiKey(), "secret", "set", "FILE", "stripe-prod/apiKey");
        call("run", "FILE");

        JsonNode dead = json("dead", "list", "FILE", "invoices", "--json");
        String id = dead.get(0).get("record").textValue();
        String other = dead.get(1).get("record").textValue();

        assertThat(dead).hasSize(2);
        assertThat(call("dead", "show", "FILE", "invoices", id)).isZero();
        assertThat(output).contains("reason", "as read");
        assertThat(call("dead", "discard", "FILE", "invoices", id, "--by", "Ada"))
                .isZero();
        assertThat(call("dead", "replay", "FILE", "invoices")).isEqualTo(2);
        assertThat(output).isEqualToIgnoringNewLines("name records, or a text with --matching, or --all");
        vouchers.subList(0, 2).forEach(voucher -> ifs.put("VoucherSet", new LinkedHashMap<>(voucher.values())));
        assertThat(call("dead", "replay", "FILE", "invoices", other)).isZero();
        assertThat(call("dead", "list", "FILE", "invoices")).isZero();
        assertThat(output).contains("(none)");
        assertThat(stripe.invoices()).hasSize(2);
    }

    private static Map<String, Object> withTotalOff(IfsRow voucher) {
        Map<String, Object> wrong = new LinkedHashMap<>(voucher.values());
        wrong.put("NetCurrAmount", voucher.decimal("NetCurrAmount").add(BigDecimal.ONE));
        wrong.put("GrossCurrAmount", voucher.decimal("GrossCurrAmount").add(BigDecimal.ONE));
        return wrong;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a command is needed",
                "runn FILE | Unmatched argument",
                "run | Missing required parameter: 'CONFIGURATION'",
                "run nowhere.json | cannot read the configuration nowhere.json",
                "run FILE custmers | there is no flow 'custmers'; known: [customers, invoices]",
                "plan FILE | Missing required parameter",
                "dead | dead needs one of: list, show, replay, discard",
                "dead list FILE custmers | there is no flow 'custmers'",
                "dead show FILE customers C-1 | is neither a dead letter of flow customers nor parked by it",
                "dead discard FILE customers C-1 | Missing required option: '--by=PERSON'",
                "doubt settle FILE customers C-1 --by Ada | Missing required argument",
                "doubt settle FILE customers C-1 --by Ada --discard | no write of ifs-prod/customers/C-1 by flow customers",
                "audit show FILE --id C-1 | --id needs --flow",
                "audit show FILE --limit many | Invalid value for option '--limit'",
                "reconcile FILE customers | only a flow of Invoice can be reconciled",
                "secret rotate FILE x --overlap soon | Invalid value for option '--overlap'",
                "secret remove FILE nothing | there is no credential 'nothing'",
                "secret set FILE ../x | no value was given",
                "position set FILE customers | Missing required",
                "apply FILE nowhere.json | cannot read the plan nowhere.json",
                "resync FILE customers | Missing required option",
                "pause FILE customers | Missing required option: '--by=PERSON'",
                "resume FILE custmers --by Ada | flow 'custmers' has no schedule; those that have: [customers, invoices]"
            })
    void saysInOneLineWhatIsWrongAndExitsWith2(String words, String reason) {
        typing(ifs.clientSecret(), "secret", "set", "FILE", "ifs-prod/clientSecret");
        typing(stripe.apiKey(), "secret", "set", "FILE", "stripe-prod/apiKey");

        assertThat(call(words.isEmpty() ? new String[0] : words.split(" ", -1))).isEqualTo(2);
        assertThat(output).contains(reason).doesNotContain("\tat ");
        assertThat(output.strip().lines().count()).isLessThanOrEqualTo(2);
    }

    @Test
    void saysInOneLineThatAFileCannotBeWritten() {
        typing(ifs.clientSecret(), "secret", "set", "FILE", "ifs-prod/clientSecret");
        typing(stripe.apiKey(), "secret", "set", "FILE", "stripe-prod/apiKey");
        Path nowhere = folder.resolve("nowhere").resolve("audit.jsonl");

        assertThat(call("audit", "export", "FILE", nowhere.toString())).isEqualTo(1);
        assertThat(output.strip().lines()).singleElement().asString().startsWith("cannot write " + nowhere);
    }

    private JsonNode json(String... words) throws IOException {
        call(words);
        return new JsonMapper().readTree(output);
    }

    private int call(String... words) {
        return typing("", words);
    }

    private int typing(String typed, String... words) {
        var printed = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.replaceAll(word -> word.equals("FILE") ? file.toString() : word);
        int code = new Launcher(
                        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(printed, true, StandardCharsets.UTF_8))
                .run(all.toArray(String[]::new));
        output = printed.toString(StandardCharsets.UTF_8);
        return code;
    }
}
