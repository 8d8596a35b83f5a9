package io.mlconnector.testkit.ifs;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes one entity set of a projection: its path, its key and its typed columns. Immutable. */
public final class EntitySetDefinition {

    private final String service;
    private final String name;
    private final String luname;
    private final Map<String, Column> columns;
    private final List<Column> keys;
    private final Map<String, Children> children;
    private final List<String> identity;
    private final List<RowRule> rules;
    private final @Nullable String initialState;
    private final Map<String, Long> firstNumbers;

    /** The rows of another set of the service: those that carry the key of a row in the named columns. */
    record Children(String set, List<String> columns) {}

    private EntitySetDefinition(Builder builder) {
        service = builder.service;
        name = builder.name;
        luname = builder.luname;
        columns = new LinkedHashMap<>(builder.columns);
        keys = columns.values().stream().filter(Column::isKey).toList();
        children = new LinkedHashMap<>();
        builder.children.forEach((navigation, child) -> children.put(
                navigation,
                child.columns().isEmpty()
                        ? new Children(
                                child.set(), keys.stream().map(Column::name).toList())
                        : child));
        identity = List.copyOf(builder.identity);
        rules = List.copyOf(builder.rules);
        initialState = builder.initialState;
        firstNumbers = Map.copyOf(builder.firstNumbers);
    }

    /**
     * Starts a definition.
     *
     * @param service path of the service without leading slash, ends in {@code .svc}
     * @param name name of the set, such as {@code CustomerSet}
     * @return a builder without columns
     */
    public static Builder builder(String service, String name) {
        return new Builder(service, name);
    }

    /**
     * Returns the path of the service.
     *
     * @return the path without leading slash, ending in {@code .svc}
     */
    public String service() {
        return service;
    }

    /**
     * Returns the name of the set.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns service and set as one path.
     *
     * @return the path without leading slash
     */
    public String path() {
        return service + "/" + name;
    }

    /**
     * Returns the names of the key columns in their order.
     *
     * @return at least one name
     */
    public List<String> keyNames() {
        return keys.stream().map(Column::name).toList();
    }

    /**
     * Returns the column that the server stamps at every change.
     *
     * @return its name, or empty if the set has none
     */
    public Optional<String> modifiedColumn() {
        return columns.values().stream()
                .filter(column -> column.use() == Column.Use.MODIFIED)
                .map(Column::name)
                .findFirst();
    }

    /**
     * Tells whether the set has a column of that name.
     *
     * @param column the name
     * @return whether it exists
     */
    public boolean has(String column) {
        return columns.containsKey(column);
    }

    String luname() {
        return luname;
    }

    /** A key as the database writes it, such as {@code CUSTOMER_ID=10041988^}. */
    String keyReference(List<Object> key) {
        StringBuilder reference = new StringBuilder();
        for (int at = 0; at < keys.size(); at++) {
            reference
                    .append(Column.databaseName(keys.get(at).name()))
                    .append('=')
                    .append(key.get(at))
                    .append('^');
        }
        return reference.toString();
    }

    /** All columns in their order, the state among them. */
    List<Column> columns() {
        return List.copyOf(columns.values());
    }

    Optional<Column> column(String columnName) {
        return Optional.ofNullable(columns.get(columnName));
    }

    List<Column> keys() {
        return keys;
    }

    /** Navigation names, and the rows each one leads to. */
    Map<String, Children> children() {
        return children;
    }

    /** The columns that tell whether a create means a row that is there already; empty for sets where each makes a row. */
    List<String> identity() {
        return identity;
    }

    Optional<String> initialState() {
        return Optional.ofNullable(initialState);
    }

    /** What a row that a client writes must fulfil besides the types of its columns. */
    List<RowRule> rules() {
        return rules;
    }

    long firstNumber(Column assigned) {
        return firstNumbers.getOrDefault(assigned.name(), 1L);
    }

    @Override
    public String toString() {
        return path();
    }

    /** Collects the columns of a set. Not safe for threads. */
    public static final class Builder {

        private final String service;
        private final String name;
        private final Map<String, Column> columns = new LinkedHashMap<>();
        private final Map<String, Children> children = new LinkedHashMap<>();
        private final List<String> identity = new ArrayList<>();
        private final List<RowRule> rules = new ArrayList<>();
        private final Map<String, Long> firstNumbers = new LinkedHashMap<>();
        private String luname;
        private @Nullable String initialState;

        private Builder(String service, String name) {
            if (service.startsWith("/") || !service.endsWith(".svc")) {
                throw new IllegalArgumentException(
                        "a service path has no leading slash and ends in .svc, but is " + service);
            }
            this.service = service;
            this.name = requireNonNull(name, "name");
            this.luname = name.endsWith("Set") ? name.substring(0, name.length() - 3) : name;
        }

        /**
         * Sets the logical unit that rows show. Default: the name of the set without {@code Set}.
         *
         * @param unit the logical unit
         * @return this builder
         */
        public Builder luname(String unit) {
            luname = requireNonNull(unit, "unit");
            return this;
        }

        /**
         * Adds the next key column. A create must carry it.
         *
         * @param column its name
         * @param type its type
         * @return this builder
         */
        public Builder addKey(String column, EdmType type) {
            return add(column, type, Column.Use.KEY);
        }

        /**
         * Adds the next key column, which the server numbers when a create leaves it out or blank.
         *
         * @param column its name
         * @param type a text or whole number type
         * @param first the first number, at least 1
         * @return this builder
         */
        public Builder addAssignedKey(String column, EdmType type, long first) {
            if (type != EdmType.STRING && type != EdmType.INT32 && type != EdmType.INT64) {
                throw new IllegalArgumentException(
                        "an assigned key is a text or a whole number, but " + column + " is " + type.edmName());
            }
            firstNumbers.put(column, first);
            return add(column, type, Column.Use.ASSIGNED_KEY);
        }

        /**
         * Adds plain columns of one type.
         *
         * @param type their type
         * @param names their names
         * @return this builder
         */
        public Builder addColumns(EdmType type, String... names) {
            for (String column : names) {
                add(column, type, Column.Use.VALUE);
            }
            return this;
        }

        /**
         * Adds the column that the server stamps with its clock, in whole seconds, at every change.
         *
         * @param column its name
         * @return this builder
         */
        public Builder addModified(String column) {
            return add(column, EdmType.DATE_TIME_OFFSET, Column.Use.MODIFIED);
        }

        /**
         * Gives rows an {@code Objstate}. Without this call they have none.
         *
         * @param state the state of a created row
         * @return this builder
         */
        public Builder initialState(String state) {
            initialState = requireNonNull(state, "state");
            return add(Column.STATE.name(), EdmType.STRING, Column.Use.BOOKKEEPING);
        }

        /**
         * Adds a navigation from a row to the rows of another set of this service that carry its key.
         *
         * @param navigation name of the navigation in the path
         * @param set name of the other set
         * @return this builder
         */
        public Builder addChildren(String navigation, String set) {
            return addChildrenBy(navigation, set);
        }

        /**
         * Adds a navigation from a row to the rows of another set of this service that carry its key in other columns.
         *
         * @param navigation name of the navigation in the path
         * @param set name of the other set
         * @param columns the columns of that set, in the order of the key
         * @return this builder
         */
        public Builder addChildrenBy(String navigation, String set, String... columns) {
            children.put(navigation, new Children(requireNonNull(set, "set"), List.of(columns)));
            return this;
        }

        /**
         * Makes the set virtual: a create that carries the values of a row that is there is answered with that row.
         *
         * @param columns the columns that tell rows apart
         * @return this builder
         */
        public Builder oneRowFor(String... columns) {
            identity.addAll(List.of(columns));
            return this;
        }

        /**
         * Adds a text column of limited length: longer values are refused.
         *
         * @param column its name
         * @param length how many characters it takes, at least 1
         * @return this builder
         */
        public Builder addText(String column, int length) {
            if (length < 1) {
                throw new IllegalArgumentException("a text has a length of at least 1, not " + length);
            }
            return add(new Column(column, EdmType.STRING, Column.Use.VALUE, length));
        }

        /**
         * Adds a column that clients can read and not write.
         *
         * @param column its name
         * @param type its type
         * @return this builder
         */
        public Builder addReadOnly(String column, EdmType type) {
            return add(column, type, Column.Use.READ_ONLY);
        }

        /**
         * Has clients give columns a value.
         *
         * @param names the columns
         * @return this builder
         */
        public Builder mandatory(String... names) {
            return rule(RowRule.mandatory(List.of(names)));
        }

        /**
         * Has values refer to a row of another set, where they are given at all: a client that names one that is not there is
         * refused.
         *
         * @param path path of the other set
         * @param names the columns that hold the key of the other row, in its order; without a value in the last of them
         *     nothing is referred to
         * @return this builder
         */
        public Builder refersTo(String path, String... names) {
            return rule(RowRule.refersTo(path, List.of(names)));
        }

        /**
         * Lets only one row that is not cancelled have the same values.
         *
         * @param names the columns, compared where all of them have a value
         * @return this builder
         */
        public Builder unique(String... names) {
            return rule(RowRule.unique(List.of(names)));
        }

        /**
         * Has a day lie in an open accounting period of the row's {@code Company}. Where that has no periods at all, every day
         * is open.
         *
         * @param path path of the set of periods
         * @param dateColumn the column with the day
         * @return this builder
         */
        public Builder inOpenPeriod(String path, String dateColumn) {
            return rule(RowRule.inOpenPeriod(path, dateColumn));
        }

        private Builder rule(RowRule rule) {
            rules.add(rule);
            return this;
        }

        private Builder add(String column, EdmType type, Column.Use use) {
            return add(new Column(column, requireNonNull(type, "type"), use));
        }

        private Builder add(Column column) {
            if (columns.put(column.name(), column) != null) {
                throw new IllegalArgumentException("column " + column.name() + " of " + name + " is defined twice");
            }
            return this;
        }

        /**
         * Builds the definition.
         *
         * @return the definition
         * @throws IllegalArgumentException if the set has no key or two modified columns
         */
        public EntitySetDefinition build() {
            List<String> faults = new ArrayList<>();
            if (columns.values().stream().noneMatch(Column::isKey)) {
                faults.add("no key");
            }
            if (columns.values().stream()
                            .filter(column -> column.use() == Column.Use.MODIFIED)
                            .count()
                    > 1) {
                faults.add("two modified columns");
            }
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("set " + name + " has " + String.join(" and ", faults));
            }
            return new EntitySetDefinition(this);
        }
    }
}
