package io.mlconnector.testkit.ifs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the payable side demands of rows that a client writes. */
class PayableRulesTest {

    private static final String PROJECTIONS = "/main/ifsapplications/projection/v1/";
    private static final String PROPOSALS = PROJECTIONS + "PostingProposalHandling.svc/PostingProposalHeadSet";
    private static final String ROWS = PROJECTIONS + "PostingProposalHandling.svc/PostingProposalRowSet";
    private static final String VOUCHERS = PROJECTIONS + "VoucherHandling.svc/VoucherSet";
    private static final String SUPPLIERS = PROJECTIONS + "SupplierHandling.svc/SupplierInfoGeneralSet";

    private final IfsSandbox sandbox = IfsSandbox.start();
    private final SandboxClient client = new SandboxClient(sandbox);

    PayableRulesTest() {
        IfsPayablesData.seeded(1, LocalDate.of(2026, 1, 20), 3).loadInto(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private HttpResponse<String> post(String set, String body) {
        return client.send("POST", set, body.replace('\'', '"'), "Content-Type", "application/json");
    }

    private static void assertRefused(HttpResponse<String> response, String message) {
        JsonNode error = SandboxClient.json(response).path("error");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(error.path("code").asText()).isEqualTo("DATABASE_ERROR");
        assertThat(error.path("details").path(0).path("message").asText()).contains(message);
    }

    private static String invoice(String supplier, String number) {
        return "{'Company':'10','Identity':'" + supplier + "','InvoiceNo':'" + number + "','SeriesId':'SI'}";
    }

    @Test
    void numbersInvoicesAndTheirProposals() {
        JsonNode first = SandboxClient.json(post(PROPOSALS, invoice("V1001", "1")));
        JsonNode second = SandboxClient.json(post(PROPOSALS, invoice("V1001", "2")));

        assertThat(first.path("InvoiceId").asLong()).isEqualTo(700_001);
        assertThat(first.path("ProposalId").asInt()).isEqualTo(1);
        assertThat(first.path("Objstate").asText()).isEqualTo("Preliminary");
        assertThat(second.path("InvoiceId").asLong()).isEqualTo(700_002);
    }

    @Test
    void demandsWhatIsMandatory() {
        assertRefused(post(SUPPLIERS, "{'SupplierId':'S1'}"), "Field [NAME] is mandatory");
        assertRefused(post(PROPOSALS, "{'Company':'10','Identity':'V1001'}"), "Field [INVOICE_NO] is mandatory");
    }

    @Test
    void refusesReferencesToWhatIsNotThere() {
        post(PROPOSALS, invoice("V1001", "1"));
        assertRefused(post(PROPOSALS, invoice("V9", "2")), "SupplierInfoGeneral.FND_RECORD_NOT_EXIST");
        String row = "{'Company':'10','InvoiceId':700001,'ProposalId':1,'RowNo':1,";
        assertRefused(post(ROWS, row + "'Account':'9999'}"), "Account.FND_RECORD_NOT_EXIST");
        assertRefused(post(ROWS, row + "'Account':'4010','CodeB':'X'}"), "CodeB.FND_RECORD_NOT_EXIST");
        assertRefused(post(ROWS, row + "'Account':'4010','VatCode':'X'}"), "StatutoryFee.FND_RECORD_NOT_EXIST");
        assertThat(post(ROWS, row + "'Account':'4010','CodeB':'CC-100','VatCode':'V19'}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void refusesANumberThatIsTakenUnlessItsInvoiceIsCancelled() {
        assertThat(post(PROPOSALS, invoice("V1001", "1")).statusCode()).isEqualTo(201);
        assertRefused(post(PROPOSALS, invoice("V1001", "1")), "PostingProposalHead.FND_RECORD_EXIST");
        assertThat(post(PROPOSALS, invoice("V1002", "1")).statusCode()).isEqualTo(201);

        sandbox.patch(
                "PostingProposalHeadSet",
                Map.of("Company", "10", "InvoiceId", 700_001, "ProposalId", 1, "Objstate", "Cancelled"));

        assertThat(post(PROPOSALS, invoice("V1001", "1")).statusCode()).isEqualTo(201);
    }

    @Test
    void takesVouchersInOpenPeriodsOnly() {
        String voucher = "{'Company':'10','VoucherType':'I','AccountingYear':2026,'VoucherDate':";

        assertThat(post(VOUCHERS, voucher + "'2026-01-10'}").statusCode()).isEqualTo(201);
        assertRefused(post(VOUCHERS, voucher + "'2024-12-31'}"), "Voucher.PERIODCLOSED");
        assertRefused(post(VOUCHERS, voucher + "'2026-02-01'}"), "Voucher.PERIODCLOSED");
    }

    @Test
    void holdsChangesToTheSameRules() {
        JsonNode row = SandboxClient.json(post(PROPOSALS, invoice("V1001", "1")));
        String key = PROPOSALS + "(Company='10',InvoiceId=700001,ProposalId=1)";

        HttpResponse<String> refused = client.send(
                "PATCH",
                key,
                "{\"Identity\":\"V9\"}",
                "Content-Type",
                "application/json",
                "If-Match",
                row.path("@odata.etag").asText());

        assertRefused(refused, "SupplierInfoGeneral.FND_RECORD_NOT_EXIST");
    }

    @Test
    void makesTheSameDataOfTheSameSeed() {
        LocalDate today = LocalDate.of(2026, 1, 20);

        assertThat(IfsPayablesData.seeded(5, today, 10).suppliers())
                .isEqualTo(IfsPayablesData.seeded(5, today, 10).suppliers())
                .hasSize(10);
    }
}
