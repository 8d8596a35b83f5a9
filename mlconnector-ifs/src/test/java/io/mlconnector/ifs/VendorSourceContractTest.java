package io.mlconnector.ifs;

import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import io.mlconnector.testkit.ifs.IfsEntitySets;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class VendorSourceContractTest {

    abstract static class Vendors extends SourceContract<Vendor> {

        private final String preset;
        private final IfsSandbox sandbox;

        Vendors(String preset) {
            this.preset = preset;
            sandbox = IfsSandbox.builder()
                    .addSets(preset.equals("cloud") ? IfsEntitySets.cloud() : IfsEntitySets.generic())
                    .start();
        }

        @AfterEach
        void stop() {
            sandbox.close();
        }

        @Override
        protected Source<Vendor> source() {
            return TestConnection.to(sandbox)
                    .with("pageSize", 2)
                    .with("preset", preset)
                    .source("vendors");
        }

        @Override
        protected List<RecordKey> seven() {
            return IntStream.rangeClosed(1, 7)
                    .mapToObj(number -> {
                        String id = "S" + number;
                        sandbox.put("SupplierInfoGeneralSet", Map.of("SupplierId", id, "Name", "Berg Steel " + number));
                        if (preset.equals("cloud")) {
                            sandbox.put("SupplierInfoAddresses", address(id, "Köln"));
                        }
                        return new RecordKey("ifs-test", "vendors", id);
                    })
                    .toList();
        }

        private static Map<String, Object> address(String id, String city) {
            return Map.of("SupplierId", id, "AddressId", "1", "City", city, "Country", "DE");
        }

        /** An address that changes is a change of its supplier. */
        @Override
        protected RecordKey changeOne() {
            sandbox.advance(Duration.ofHours(1));
            if (preset.equals("cloud")) {
                sandbox.put("SupplierInfoAddresses", address("S4", "Bonn"));
            } else {
                sandbox.patch("SupplierInfoGeneralSet", Map.of("SupplierId", "S4", "City", "Bonn"));
            }
            return new RecordKey("ifs-test", "vendors", "S4");
        }
    }

    @Nested
    class Generic extends Vendors {
        Generic() {
            super("generic");
        }
    }

    @Nested
    class Cloud extends Vendors {
        Cloud() {
            super("cloud");
        }
    }
}
