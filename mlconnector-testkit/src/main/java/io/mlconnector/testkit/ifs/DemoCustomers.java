package io.mlconnector.testkit.ifs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes customers in the columns of the generic set. */
final class DemoCustomers {

    private static final List<DemoCountry> COUNTRIES = List.of(DemoCountry.values());
    private static final List<String> AWKWARD_IDS = List.of("O'B/%d", "A&B %d", "R+D %d", "50%%-%d", "Nº%d/Ü#?");
    private static final List<String> STREETS = List.of("Klippgatan", "Hauptstraße", "Quay Street", "Rue d'Été");

    private final RandomGenerator random;
    private final TaxNumbers numbers;

    DemoCustomers(RandomGenerator random) {
        this.random = random;
        this.numbers = new TaxNumbers(random);
    }

    static DemoCountry country(Map<String, Object> customer) {
        return DemoCountry.valueOf((String) customer.getOrDefault("Country", "DE"));
    }

    /** Every country takes its turn, and every seventh id is awkward. */
    Map<String, Object> next(int number) {
        DemoCountry country = COUNTRIES.get(number % COUNTRIES.size());
        Map<String, Object> customer = new LinkedHashMap<>();
        customer.put("CustomerId", id(number));
        customer.put("Name", country.companyName(random, number));
        customer.put("Country", country.name());
        taxNumbers(country, customer);
        customer.put("Address1", DemoCountry.pick(random, STREETS) + " " + (1 + random.nextInt(99)));
        if (random.nextInt(4) == 0) {
            customer.put("Address2", "c/o Reception");
        }
        customer.put("ZipCode", country.zipCode(numbers));
        customer.put("City", country.city(random));
        if (country == DemoCountry.US) {
            customer.put("State", DemoCountry.pick(random, List.of("TX", "ID", "NC")));
        }
        if (random.nextInt(10) > 0) {
            customer.put("Email", "ap+" + number + "@customer" + number + ".example");
        }
        customer.put("Phone", country.phone(numbers));
        customer.put("DefaultLanguage", country.language());
        customer.put("CurrencyCode", country.currency());
        return customer;
    }

    private String id(int number) {
        if (number % 7 != 3) {
            return Integer.toString(10_000_000 + number);
        }
        return AWKWARD_IDS.get(number / 7 % AWKWARD_IDS.size()).formatted(number);
    }

    private void taxNumbers(DemoCountry country, Map<String, Object> customer) {
        switch (country) {
            case DE -> put(customer, "HRB " + numbers.digits(5), numbers.german());
            case SE -> {
                String organisation = numbers.swedishOrganisation();
                put(customer, organisation, "SE" + organisation + "01");
            }
            case GB -> put(customer, numbers.digits(8), numbers.british());
            case FR -> {
                String company = numbers.frenchCompany();
                put(customer, company, numbers.french(company));
            }
            case JP -> {
                String corporate = numbers.japanese();
                put(customer, corporate.substring(1), corporate);
            }
            case US -> put(customer, numbers.digits(8), numbers.american());
            case CH -> {
                String enterprise = numbers.swiss();
                put(customer, enterprise.replace(" MWST", ""), enterprise);
            }
            case KW -> customer.put("AssociationNo", numbers.digits(6));
        }
    }

    private static void put(Map<String, Object> customer, String association, String vat) {
        customer.put("AssociationNo", association);
        customer.put("VatNo", vat);
    }

    /** Changes the phone and, in turn by chance, the address or the name. */
    void edit(Map<String, Object> customer) {
        customer.put("Phone", country(customer).phone(numbers));
        if (random.nextBoolean()) {
            customer.put("Address1", DemoCountry.pick(random, STREETS) + " " + numbers.digits(4));
        } else {
            customer.put("Name", country(customer).companyName(random, 100_000 + random.nextInt(900_000)));
        }
    }
}
