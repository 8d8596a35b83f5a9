package io.mlconnector.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is compared does the same. */
class WaysTest {

    private static final byte[] PAGE = InvoicePage.of(700);

    private record Result(Change<Invoice> change, long fingerprint, String form) {}

    private static List<Result> results(Way way) {
        var changes = new ArrayList<Change<Invoice>>();
        way.read(PAGE, changes::add);
        var results = new ArrayList<Result>();
        new WholePath(way)
                .run(
                        PAGE,
                        (fingerprint, form) -> results.add(
                                new Result(changes.get(results.size()), fingerprint, new String(form, UTF_8))));
        return results;
    }

    @TestFactory
    List<DynamicTest> allWaysEndInEqualRecordsFingerprintsAndForms() {
        List<Result> expected = results(new HandInvoices());
        assertThat(expected).hasSize(700);

        return WholePath.ways().entrySet().stream()
                .map(way -> DynamicTest.dynamicTest(
                        way.getKey(), () -> assertThat(results(way.getValue())).isEqualTo(expected)))
                .toList();
    }

    @Test
    void theFloorEndsInTheSameForms() {
        var forms = new ArrayList<String>();
        new ByteSlices().read(PAGE, (form, hash) -> forms.add(new String(form, UTF_8)));

        assertThat(forms)
                .isEqualTo(results(new HandInvoices()).stream()
                        .map(Result::form)
                        .toList());
        assertThat(new ByteSlices().scan(PAGE)).isEqualTo(700);
    }

    @Test
    void aFormNamesWhatIsNeeded() {
        assertThat(results(new RuleInvoices()).get(1).form())
                .isEqualTo("customer=C1&currency=SEK&amount=12044&due_date=1769904000&number=CI-700001"
                        + "&metadata[company]=20&metadata[region]=south+%26+west&metadata[system]=erp");
        assertThat(IdiomaticForm.parameters(results(new RuleInvoices()).get(1).change().record()))
                .containsAllEntriesOf(Map.of("metadata[region]", "south & west", "amount", "12044"));
    }
}
