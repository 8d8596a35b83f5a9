package io.mlconnector.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Attributes.Names;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttributesPropertiesTest {

    @Property
    void areAMapInTheOrderGiven(@ForAll Map<String, String> values, @ForAll String other) {
        var ordered = new LinkedHashMap<>(values);

        Map<String, String> map = Attributes.of(ordered).asMap();

        assertThat(map).isEqualTo(ordered).hasToString(ordered.toString());
        assertThat(map.hashCode()).isEqualTo(ordered.hashCode());
        assertThat(map.entrySet()).containsExactlyElementsOf(ordered.entrySet());
        assertThat(map.get(other)).isEqualTo(ordered.get(other));
        assertThat(map.containsKey(other)).isEqualTo(ordered.containsKey(other));
        var visited = new LinkedHashMap<String, String>();
        map.forEach(visited::put);
        assertThat(visited).hasToString(ordered.toString());
    }

    @Property
    void areEqualWhateverTheirOrder(@ForAll Map<String, String> values) {
        var names = new ArrayList<>(values.keySet());
        Collections.reverse(names);
        var reversed = new LinkedHashMap<String, String>();
        names.forEach(name -> reversed.put(name, values.get(name)));

        assertThat(Attributes.of(reversed)).isEqualTo(Attributes.of(values)).hasSameHashCodeAs(Attributes.of(values));
    }

    @Test
    void differWhereANameOrATextDiffers() {
        Attributes region = Attributes.of(Map.of("region", "north"));

        assertThat(Attributes.of(Map.of("region", "south"))).isNotEqualTo(region);
        assertThat(Attributes.of(Map.of("area", "north"))).isNotEqualTo(region);
        assertThat(Attributes.EMPTY).isNotEqualTo(region);
    }

    @Test
    void leaveOutTheNamesThatHaveNoText() {
        Names names = Names.of(List.of("region", "branch", "approver"));

        Attributes some = names.with(new @Nullable String[] {"north", null, "ap.lead@example.test"});

        assertThat(some).hasToString("{region=north, approver=ap.lead@example.test}");
        assertThat(some.value("branch")).isEmpty();
        assertThat(names.with(new @Nullable String[3])).isSameAs(Attributes.EMPTY);
    }

    @Test
    void refuseANameThatIsThereTwice() {
        assertThatThrownBy(() -> Names.of(List.of("region", "region")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a name is there twice: [region, region]");
    }

    @Test
    void refuseMoreTextsThanNames() {
        assertThatThrownBy(() -> Names.of(List.of("region")).with(new @Nullable String[] {"north", "south"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 texts for 1 names");
    }

    @Test
    void cannotBeChanged() {
        Map<String, String> map = Attributes.of(Map.of("region", "north")).asMap();

        assertThatThrownBy(() -> map.put("region", "south")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.entrySet().iterator().next().setValue("south"))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
