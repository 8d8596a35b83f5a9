package io.mlconnector.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row as a class for data binding, with all of its fields, as such classes are usually generated. */
@JsonIgnoreProperties(ignoreUnknown = true)
final class InvoiceJson {

    /** A page. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Page {

        @JsonProperty("value")
        public List<InvoiceJson> value = List.of();
    }

    @JsonProperty("@odata.etag")
    public String etag = "";

    @JsonProperty("luname")
    public String luname = "";

    @JsonProperty("keyref")
    public String keyref = "";

    @JsonProperty("Objstate")
    public String objstate = "";

    @JsonProperty("Company")
    public String company = "";

    @JsonProperty("InvoiceId")
    public long invoiceId;

    @JsonProperty("SeriesId")
    public String seriesId = "";

    @JsonProperty("InvoiceNo")
    public String invoiceNo = "";

    @JsonProperty("InvoiceType")
    public String invoiceType = "";

    @JsonProperty("Identity")
    public String identity = "";

    @JsonProperty("PartyType")
    public String partyType = "";

    @JsonProperty("Name")
    public String name = "";

    @JsonProperty("InvoiceDate")
    public String invoiceDate = "";

    @JsonProperty("DueDate")
    public String dueDate = "";

    @JsonProperty("Currency")
    public String currency = "";

    @JsonProperty("CurrRate")
    public BigDecimal currRate = BigDecimal.ZERO;

    @JsonProperty("NetCurrAmount")
    public BigDecimal netCurrAmount = BigDecimal.ZERO;

    @JsonProperty("VatCurrAmount")
    public BigDecimal vatCurrAmount = BigDecimal.ZERO;

    @JsonProperty("GrossCurrAmount")
    public BigDecimal grossCurrAmount = BigDecimal.ZERO;

    @JsonProperty("OpenAmount")
    public BigDecimal openAmount = BigDecimal.ZERO;

    @JsonProperty("PayTermId")
    public String payTermId = "";

    @JsonProperty("CustomerPo")
    public String customerPo = "";

    @JsonProperty("Note")
    public @Nullable String note;

    @JsonProperty("VoucherType")
    public String voucherType = "";

    @JsonProperty("VoucherNo")
    public long voucherNo;

    @JsonProperty("VoucherDate")
    public String voucherDate = "";

    @JsonProperty("DeliveryCountry")
    public String deliveryCountry = "";

    @JsonProperty("CreatedBy")
    public String createdBy = "";

    @JsonProperty("OneTime")
    public boolean oneTime;

    @JsonProperty("Cf_Region")
    public String cfRegion = "";

    @JsonProperty("LastModified")
    public String lastModified = "";

    @JsonProperty("Lines")
    public List<Line> lines = List.of();

    /** A line. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Line {

        @JsonProperty("LineNo")
        public long lineNo;

        @JsonProperty("Description")
        public String description = "";

        @JsonProperty("PartNo")
        public String partNo = "";

        @JsonProperty("NetCurrAmount")
        public BigDecimal netCurrAmount = BigDecimal.ZERO;

        @JsonProperty("VatCode")
        public String vatCode = "";

        @JsonProperty("VatCurrAmount")
        public BigDecimal vatCurrAmount = BigDecimal.ZERO;
    }
}
