package io.mlconnector.testkit.stripe;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types of tax ids and, for the common ones, what their values look like. */
final class TaxIdFormats {

    private static final String[] TYPES =
            ("ad_nrt ae_trn al_tin am_tin ao_tin ar_cuit au_abn au_arn aw_tin az_tin ba_tin"
                            + " bb_tin bd_bin bf_ifu bg_uic bh_vat bj_ifu bo_tin br_cnpj br_cpf bs_tin by_tin ca_bn ca_gst_hst"
                            + " ca_pst_bc ca_pst_mb ca_pst_sk ca_qst cd_nif ch_uid ch_vat cl_tin cm_niu cn_tin co_nit cr_tin cv_nif"
                            + " de_stn do_rcn ec_ruc eg_tin es_cif et_tin eu_oss_vat eu_vat fo_vat gb_vat ge_vat gi_tin gn_nif hk_br"
                            + " hr_oib hu_tin id_npwp il_vat in_gst is_vat it_cf jp_cn jp_rn jp_trn ke_pin kg_tin kh_tin kr_brn"
                            + " kz_bin la_tin li_uid li_vat lk_vat ma_vat md_vat me_pib mk_vat mr_nif mx_rfc my_frp my_itn my_sst"
                            + " ng_tin no_vat no_voec np_pan nz_gst om_vat pe_ruc ph_tin pl_nip py_ruc ro_tin rs_pib ru_inn ru_kpp"
                            + " sa_vat sg_gst sg_uen si_tin sn_ninea sr_fin sv_nit th_vat tj_tin tr_tin tw_vat tz_vat ua_vat ug_tin"
                            + " us_ein uy_ruc uz_tin uz_vat ve_rif vn_tin za_vat zm_tin zw_tin")
                    .split(" ", -1);

    private static final Map<String, Pattern> FORMATS = Map.of(
            "eu_vat",
                    Pattern.compile(
                            "(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[0-9A-Z+*]{2,13}"),
            "gb_vat", Pattern.compile("(GB)?(\\d{9}|\\d{12}|(GD|HA)\\d{3})"),
            "us_ein", Pattern.compile("\\d{2}-?\\d{7}"),
            "ch_vat", Pattern.compile("CHE-?\\d{3}\\.?\\d{3}\\.?\\d{3} ?(MWST|TVA|IVA)"),
            "ch_uid", Pattern.compile("CHE-?\\d{3}\\.?\\d{3}\\.?\\d{3}( HR)?"),
            "no_vat", Pattern.compile("\\d{9} ?MVA"),
            "au_abn", Pattern.compile("\\d{11}"),
            "ca_bn", Pattern.compile("\\d{9}"),
            "in_gst", Pattern.compile("\\d{2}[A-Z]{5}\\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]"));

    private TaxIdFormats() {}

    static ParameterType type() {
        return Types.oneOf(TYPES);
    }

    static boolean fits(String type, String value) {
        Pattern format = FORMATS.get(type);
        return !value.isBlank()
                && (format == null
                        || format.matcher(value.replace(" ", "")).matches()
                        || format.matcher(value).matches());
    }

    /** The country that a value belongs to, where the type tells it. */
    static @Nullable String country(String type, String value) {
        String start = (type.startsWith("eu_") ? value : type).substring(0, 2).toUpperCase(Locale.ROOT);
        return start.equals("EL") ? "GR" : start;
    }
}
