package io.mlconnector.ifs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireFormTest {

    @Test
    void doublesQuotesInLiteralsAndRefusesWhatIsNoValueOfTheType() {
        assertThat(EdmLiteral.of("O'Neill", "Edm.String")).isEqualTo("'O''Neill'");
        assertThat(EdmLiteral.of("-5", "Edm.Int64")).isEqualTo("-5");
        assertThat(EdmLiteral.of("Supplier", "IfsApp.SupplierHandling.PartyType"))
                .isEqualTo("IfsApp.SupplierHandling.PartyType'Supplier'");
        assertThatThrownBy(() -> EdmLiteral.of("1 or 1 eq 1", "Edm.Int32"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EdmLiteral.of("x'", "Edm.Guid")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void encodesBlanksPlusesSlashesAndLettersBeyondAscii() {
        assertThat(PercentEncoding.ofQuery("a b+c&d#e%/ü")).isEqualTo("a%20b%2Bc%26d%23e%25%2F%C3%BC");
        assertThat(PercentEncoding.ofKey("'O''B/7 *'")).isEqualTo("'O''B%2F7%20*'");
    }

    @Test
    void comesBackToThePartsOfAnId() {
        List<String> parts = List.of("10", "a|b\\", "", "x");

        assertThat(RecordIds.join(List.of("a|b"))).isEqualTo("a|b");
        assertThat(RecordIds.join(parts)).isEqualTo("10|a\\|b\\\\||x");
        assertThat(RecordIds.split(RecordIds.join(parts), 4)).isEqualTo(parts);
        assertThat(RecordIds.split("a|b", 1)).containsExactly("a|b");
    }

    @Test
    void writesThePlaceAfterARowAndNamesWhatAllKeysShareOnce() {
        assertThat(Filters.after(List.of("M", "K"), List.of("1", "'x'")))
                .isEqualTo("(M gt 1 or (M eq 1 and K gt 'x'))");
        assertThat(Filters.among(List.of("Company", "InvoiceId"), List.of(List.of("'10'", "1"), List.of("'10'", "2"))))
                .isEqualTo("Company eq '10' and (InvoiceId eq 1 or InvoiceId eq 2)");
        assertThat(Filters.among(List.of("OrderNo"), List.of(List.of("'P1'")))).isEqualTo("OrderNo eq 'P1'");
    }

    @Test
    void readsSetsColumnsAndBaseTypesOfMetadata() {
        ServiceMetadata metadata = metadata("""
                <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="N">
                <EntityType Name="Base"><Property Name="Id" Type="Edm.String"/></EntityType>
                <EntityType Name="T" BaseType="N.Base"><Property Name="A" Type="Edm.Int64"/></EntityType>
                <EntityContainer Name="C"><EntitySet Name="Ts" EntityType="N.T"/></EntityContainer>
                </Schema></edmx:DataServices></edmx:Edmx>""");

        assertThat(metadata.sets()).containsExactly("Ts");
        assertThat(metadata.columns("Ts").orElseThrow())
                .containsEntry("A", "Edm.Int64")
                .containsEntry("Id", "Edm.String");
        assertThat(metadata.columns("Us")).isEmpty();
    }

    @Test
    void refusesDocumentTypesAndEntitiesInMetadata() {
        assertThatThrownBy(() -> metadata("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metadata("<a><b></a>")).isInstanceOf(IllegalArgumentException.class);
    }

    private static ServiceMetadata metadata(String xml) {
        return ServiceMetadata.read(xml.getBytes(StandardCharsets.UTF_8));
    }
}
