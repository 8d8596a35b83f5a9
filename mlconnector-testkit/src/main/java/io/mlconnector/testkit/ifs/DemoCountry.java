package io.mlconnector.testkit.ifs;

import java.util.List;
import java.util.random.RandomGenerator;

/** What the demo data of a country looks like. */
@SuppressWarnings("ImmutableEnumChecker") // the lists come from List.of
enum DemoCountry {
    DE(
            "EUR",
            "de",
            "+49 89 ",
            List.of("19", "7"),
            List.of("München", "Köln", "Düsseldorf", "Görlitz"),
            List.of("Müller & Söhne", "Bäckerei Groß", "Stahlbau Weiß"),
            List.of("GmbH", "KG", "AG")),
    SE(
            "SEK",
            "sv",
            "+46 8 ",
            List.of("25"),
            List.of("Stockholm", "Göteborg", "Malmö", "Växjö"),
            List.of("Nordlys Maskin", "Åkerströms Mekaniska", "Östgöta Rör & Plåt"),
            List.of("AB", "HB")),
    GB(
            "GBP",
            "en",
            "+44 20 ",
            List.of("20", "0"),
            List.of("London", "Leeds", "King's Lynn"),
            List.of("O'Brien & Søn 50% /", "Smith + Sons", "St. John's Wood Tools"),
            List.of("Ltd", "PLC", "LLP")),
    FR(
            "EUR",
            "fr",
            "+33 1 ",
            List.of("20", "5.5"),
            List.of("Paris", "L'Haÿ-les-Roses", "Orléans"),
            List.of("Chaudronnerie d'Azur", "Société Générale de Pièces", "L'Œuvre & Cie"),
            List.of("SARL", "SAS")),
    JP(
            "JPY",
            "ja",
            "+81 3 ",
            List.of("10", "8"),
            List.of("東京", "大阪市", "Kōbe"),
            List.of("株式会社山田製作所", "Sakura Kōgyō", "鈴木商店"),
            List.of("K.K.", "G.K.")),
    KW(
            "KWD",
            "ar",
            "+965 ",
            List.of("0"),
            List.of("Kuwait City", "Al Aḩmadī", "Ḩawallī"),
            List.of("Al-Sabah Trading", "الخليج للتجارة", "Gulf Pumps & Valves"),
            List.of("W.L.L.", "K.S.C.")),
    US(
            "USD",
            "en",
            "+1 512 ",
            List.of("0"),
            List.of("Austin", "Coeur d'Alene", "Winston-Salem"),
            List.of("Lone Star Fittings", "A/B Controls", "Dunn, Wood \"Quick\" & Co."),
            List.of("Inc.", "LLC")),
    CH(
            "CHF",
            "de",
            "+41 44 ",
            List.of("8.1", "2.6"),
            List.of("Zürich", "Genève", "Neuchâtel"),
            List.of("Präzisionswerk Üetli", "Fromagerie d'Estavayer", "Uhren + Teile"),
            List.of("AG", "Sàrl"));

    private final String currency;
    private final String language;
    private final String dialling;
    private final List<String> taxRates;
    private final List<String> cities;
    private final List<String> names;
    private final List<String> suffixes;

    DemoCountry(
            String currency,
            String language,
            String dialling,
            List<String> taxRates,
            List<String> cities,
            List<String> names,
            List<String> suffixes) {
        this.currency = currency;
        this.language = language;
        this.dialling = dialling;
        this.taxRates = taxRates;
        this.cities = cities;
        this.names = names;
        this.suffixes = suffixes;
    }

    static <T> T pick(RandomGenerator random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    String currency() {
        return currency;
    }

    String language() {
        return language;
    }

    String taxRate(RandomGenerator random) {
        return pick(random, taxRates);
    }

    String city(RandomGenerator random) {
        return pick(random, cities);
    }

    String companyName(RandomGenerator random, int number) {
        return pick(random, names) + " " + number + " " + pick(random, suffixes);
    }

    String phone(TaxNumbers numbers) {
        return dialling + numbers.digits(7);
    }

    String zipCode(TaxNumbers numbers) {
        String digits = numbers.digits(7);
        return switch (this) {
            case DE, FR, US, KW -> digits.substring(0, 5);
            case SE -> digits.substring(0, 3) + " " + digits.substring(3, 5);
            case GB -> "EC" + digits.charAt(0) + "A " + digits.charAt(1) + "BB";
            case JP -> digits.substring(0, 3) + "-" + digits.substring(3);
            case CH -> digits.substring(0, 4);
        };
    }
}
