package io.mlconnector.testkit.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripeSandboxReadingTest {

    private static final Instant START = Instant.parse("2026-08-03T10:00:00.700Z");

    private final StripeSandbox stripe = StripeSandbox.builder()
            .clock(InstantSource.fixed(START))
            .searchLag(Duration.ofSeconds(30))
            .start();
    private final Browser browser = new Browser(stripe);

    @AfterEach
    void close() {
        stripe.close();
    }

    @Test
    void pagesForwardNewestFirstAlsoWithinOneSecond() throws Exception {
        List<String> created = createCustomers(25);

        List<String> walked = new ArrayList<>();
        JsonNode page = browser.get("/v1/customers", "limit=10").body();
        walked.addAll(ids(page));
        while (page.path("has_more").asBoolean()) {
            page = browser.get("/v1/customers", "limit=10", "starting_after=" + walked.get(walked.size() - 1))
                    .body();
            walked.addAll(ids(page));
        }

        Collections.reverse(created);
        assertThat(walked).isEqualTo(created);
    }

    @Test
    void pagesBackwardFromACursor() throws Exception {
        List<String> created = createCustomers(7);

        JsonNode page = browser.get("/v1/customers", "limit=3", "ending_before=" + created.get(0))
                .body();

        assertThat(ids(page)).containsExactly(created.get(3), created.get(2), created.get(1));
        assertThat(page.path("has_more").asBoolean()).isTrue();
    }

    @Test
    void refusesLimitsAndCursorsThatCannotBe() throws Exception {
        assertThat(browser.get("/v1/customers", "limit=0").status()).isEqualTo(400);
        assertThat(browser.get("/v1/customers", "limit=101").status()).isEqualTo(400);
        assertThat(browser.get("/v1/customers", "starting_after=cus_gone").code())
                .isEqualTo("resource_missing");
    }

    @Test
    void filtersByEmailAndCreationTime() throws Exception {
        browser.post("/v1/customers", "email=a@x.example");
        stripe.advance(Duration.ofMinutes(1));
        String later = browser.post("/v1/customers", "email=b@x.example").id();

        long second = START.getEpochSecond() + 1;
        assertThat(ids(browser.get("/v1/customers", "created[gte]=" + second).body()))
                .containsExactly(later);
        assertThat(ids(browser.get("/v1/customers", "email=b@x.example").body()))
                .containsExactly(later);
        assertThat(ids(browser.get("/v1/customers", "email=B@x.example").body()))
                .isEmpty();
    }

    @Test
    void searchSeesChangesOnlyAfterItsLag() throws Exception {
        String customer = browser.post("/v1/customers", "name=Nordbau GmbH", "metadata[erp]=1001")
                .id();
        Browser.Reply atOnce = search("metadata['erp']:'1001'");
        stripe.advance(Duration.ofSeconds(31));
        browser.post("/v1/customers/" + customer, "metadata[erp]=1002");

        assertThat(ids(atOnce.body())).isEmpty();
        assertThat(ids(search("metadata[\"erp\"]:\"1001\" AND name~\"nordb\"").body()))
                .containsExactly(customer);
        assertThat(ids(search("metadata['erp']:'1002'").body())).isEmpty();
        assertThat(ids(search("-metadata['erp']:'1001'").body())).isEmpty();
        assertThat(ids(search("created>1785751199 OR email:'x'").body())).hasSize(1);
        stripe.advance(Duration.ofSeconds(31));
        assertThat(ids(search("metadata['erp']:'1002'").body())).containsExactly(customer);
    }

    @Test
    void refusesQueriesThatSearchDoesNotKnow() throws Exception {
        for (String query : List.of(
                "name:'a' AND name:'b' OR name:'c'", "street:'a'", "name~'ab'", "name>'a'", "name", "created:'x'")) {
            assertThat(search(query).status()).as(query).isEqualTo(400);
        }
    }

    @Test
    void aDeletedCustomerIsStillAnsweredButNoLongerListed() throws Exception {
        String customer = browser.post("/v1/customers").id();
        browser.delete("/v1/customers/" + customer);

        Browser.Reply gone = browser.get("/v1/customers/" + customer);

        assertThat(gone.status()).isEqualTo(200);
        assertThat(gone.body().path("deleted").asBoolean()).isTrue();
        assertThat(gone.body()).hasSize(3);
        assertThat(ids(browser.get("/v1/customers").body())).isEmpty();
        assertThat(browser.post("/v1/customers/" + customer, "name=x").code()).isEqualTo("resource_missing");
    }

    @Test
    void metadataIsMergedAndUnsetByKey() throws Exception {
        String customer =
                browser.post("/v1/customers", "metadata[a]=1", "metadata[b]=2").id();

        Browser.Reply merged = browser.post("/v1/customers/" + customer, "metadata[a]=", "metadata[c]=3");
        Browser.Reply cleared = browser.post("/v1/customers/" + customer, "metadata=");

        assertThat(merged.body().path("metadata").toString()).isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
        assertThat(cleared.body().path("metadata")).isEmpty();
    }

    @Test
    void taxIdsAreAddedAndRemovedButCheckedFirst() throws Exception {
        String customer = browser.post("/v1/customers").id();
        String path = "/v1/customers/" + customer + "/tax_ids";

        Browser.Reply bad = browser.post(path, "type=eu_vat", "value=12");
        Browser.Reply good = browser.post(path, "type=eu_vat", "value=DE123456789");
        browser.delete(path + "/" + good.id());

        assertThat(bad.code()).isEqualTo("tax_id_invalid");
        assertThat(good.body().path("country").asText()).isEqualTo("DE");
        assertThat(ids(browser.get(path).body())).isEmpty();
    }

    @Test
    void eventsTellEveryChangeAndAgeOut() throws Exception {
        String customer =
                browser.postWithKey("key-1", "/v1/customers", "name=a").id();
        browser.post("/v1/customers/" + customer, "name=b");
        stripe.dashboard().editCustomer(customer, Map.of("name", "c"));

        JsonNode events = browser.get("/v1/events", "types[0]=customer.updated", "types[1]=customer.created")
                .body()
                .path("data");
        assertThat(events).hasSize(3);
        assertThat(events.get(0)
                        .path("data")
                        .path("previous_attributes")
                        .path("name")
                        .asText())
                .isEqualTo("b");
        assertThat(events.get(0).path("request").path("id").isNull()).isTrue();
        assertThat(events.get(2).path("request").path("idempotency_key").asText())
                .isEqualTo("key-1");
        assertThat(events.get(2).path("data").path("object").path("name").asText())
                .isEqualTo("a");
        assertThat(ids(browser.get(
                                "/v1/events",
                                "ending_before=" + events.get(2).path("id").asText())
                        .body()))
                .hasSize(2);
        stripe.advance(Duration.ofDays(31));
        assertThat(ids(browser.get("/v1/events").body())).isEmpty();
    }

    @Test
    void pricesKeepTheirAmountAndPassOnTheirLookupKey() throws Exception {
        String product = browser.post("/v1/products", "name=Pump").id();
        String[] price = {"currency=eur", "product=" + product, "unit_amount=100", "lookup_key=PX-2"};
        String old = browser.post("/v1/prices", price).id();

        Browser.Reply changed = browser.post("/v1/prices/" + old, "unit_amount=200");
        Browser.Reply taken = browser.post("/v1/prices", price);
        Browser.Reply moved = browser.post(
                "/v1/prices",
                "currency=eur",
                "product=" + product,
                "unit_amount=200",
                "lookup_key=PX-2",
                "transfer_lookup_key=true");

        assertThat(changed.code()).isEqualTo("parameter_unknown");
        assertThat(taken.status()).isEqualTo(400);
        assertThat(ids(browser.get("/v1/prices", "lookup_keys[0]=PX-2").body())).containsExactly(moved.id());
    }

    private Browser.Reply search(String query) throws Exception {
        return browser.get("/v1/customers/search", "query=" + query);
    }

    private List<String> createCustomers(int count) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(browser.post("/v1/customers", "name=" + i).id());
        }
        return ids;
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("data").forEach(object -> ids.add(object.path("id").asText()));
        return ids;
    }
}
