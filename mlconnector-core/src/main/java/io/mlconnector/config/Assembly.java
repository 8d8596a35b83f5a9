package io.mlconnector.config;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.SyncListener;
import io.mlconnector.schedule.Schedule;
import io.mlconnector.schedule.Scheduler;
import io.mlconnector.schedule.WorkCalendar;
import io.mlconnector.secret.CredentialAccess;
import io.mlconnector.secret.CredentialFile;
import io.mlconnector.spi.AuditSink;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.CredentialStore;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerProvider;
import io.mlconnector.spi.Observer;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.Sleeper;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts an integration together, and gathers the faults of all its parts before it gives up. */
record Assembly(
        Function<String, @Nullable String> environment,
        InstantSource clock,
        Sleeper sleeper,
        RandomGenerator random,
        List<SyncListener> listeners,
        Observer observer,
        Map<String, AuditSink> auditSinks,
        CredentialStore credentials,
        Consumer<CredentialAccess> accesses,
        List<RotationRule> rotations) {

    static final String SCHEMA = "$schema"; // names the schema for an editor
    static final String LEDGER = "ledger";
    static final String CONNECTIONS = "connections";
    static final String FLOWS = "flows";
    static final String CREDENTIALS = "credentials";
    static final String CALENDARS = "calendars";
    static final String SCHEDULES = "schedules";
    static final String SCHEDULER = "scheduler";
    static final String USUAL_LEDGER = "sqlite";
    private static final List<String> KNOWN =
            List.of(LEDGER, CREDENTIALS, CONNECTIONS, FLOWS, CALENDARS, SCHEDULES, SCHEDULER);

    Integration assemble(String json) {
        var faults = new ArrayList<String>();
        Map<String, Object> raw = ConfigFile.read(json);
        Optional<CredentialFile> file = credentialFile(raw, faults);
        var placeholders = new Placeholders(
                environment, name -> file.map(kept -> kept.valid(name)).orElse(List.of()), faults);
        var filled = new LinkedHashMap<String, Object>();
        raw.forEach(
                (name, value) -> filled.put(name, name.equals(CREDENTIALS) ? value : placeholders.filled(name, value)));
        Map<String, Settings> connections = objects(filled, CONNECTIONS, faults);
        Map<String, Settings> flows = objects(filled, FLOWS, faults);
        Settings ledger = section(filled, LEDGER, faults);
        filled.keySet().stream()
                .filter(name -> !KNOWN.contains(name) && !name.equals(SCHEMA))
                .forEach(name -> faults.add(name + " is not a setting; known: " + String.join(", ", KNOWN)));
        for (RotationRule rule : rotations) {
            if (file.isEmpty() || file.get().valid(rule.name()).isEmpty()) {
                faults.add("a rotation renews the credential '" + rule.name()
                        + "', which is not in the store of credentials; see credentials");
            }
        }
        CredentialStore store = file.<CredentialStore>map(kept -> kept).orElse(credentials);

        Map<String, Connector> open = open(connections, store, faults);
        var made = new ArrayList<Flow<?>>();
        var shortForms = new LinkedHashMap<String, Schedule>();
        flows.forEach((name, settings) -> collect(faults, () -> {
            FlowSettings flow = FlowSettings.read(name, settings, connections.keySet());
            flow.schedule().ifPresent(schedule -> shortForms.put(name, schedule));
            made.add(flow.open(open));
        }));
        Settings calendars = section(filled, CALENDARS, faults);
        var found = new LinkedHashMap<String, WorkCalendar>();
        collect(faults, () -> found.putAll(CalendarSettings.read(calendars)));
        Settings schedules = section(filled, SCHEDULES, faults);
        var timetable = new LinkedHashMap<String, Schedule>();
        collect(
                faults,
                () -> timetable.putAll(new ScheduleSettings(calendars.names(), found, clock.instant())
                        .read(schedules, flows.keySet(), shortForms)));
        Settings scheduler = section(filled, SCHEDULER, faults);
        SchedulerSettings running = SchedulerSettings.read(scheduler);
        collect(faults, scheduler::check);
        if (!faults.isEmpty()) {
            open.values().forEach(Connector::close);
            throw new ConfigurationException(faults);
        }
        return started(open, made, ledger, file, placeholders.places(), timetable, running);
    }

    CredentialFile credentials(String json) {
        var faults = new ArrayList<String>();
        Optional<CredentialFile> file = credentialFile(ConfigFile.read(json), faults);
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
        return file.orElseThrow(() -> new ConfigurationException("the configuration has no section " + CREDENTIALS));
    }

    /** The file of credentials is opened first, because the rest may name what is in it. */
    private Optional<CredentialFile> credentialFile(Map<String, Object> raw, List<String> faults) {
        Object section = raw.get(CREDENTIALS);
        if (section == null) {
            return Optional.empty();
        }
        Object filled = new Placeholders(environment, name -> List.of(), faults).filled(CREDENTIALS, section);
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CredentialSettings.open(
                    Settings.of(CREDENTIALS, object(filled, CREDENTIALS, faults)), clock, accesses));
        } catch (ConfigurationException e) {
            faults.addAll(e.faults());
            return Optional.empty();
        }
    }

    private Integration started(
            Map<String, Connector> connections,
            List<Flow<?>> flows,
            Settings settings,
            Optional<CredentialFile> file,
            Map<String, Set<String>> places,
            Map<String, Schedule> timetable,
            SchedulerSettings running) {
        Ledger ledger = null;
        try {
            ledger = ledger(settings);
            SyncEngine.Builder engine = SyncEngine.builder()
                    .ledger(ledger)
                    .clock(clock)
                    .sleeper(sleeper)
                    .random(random);
            connections.values().forEach(engine::addConnection);
            flows.forEach(engine::addFlow);
            listeners.forEach(engine::addListener);
            engine.observer(observer);
            auditSinks.forEach(engine::addAuditSink);
            SyncEngine built = engine.build();
            Rotations rotating = file.map(kept -> new Rotations(kept, places, rotations, built, clock))
                    .orElse(null);
            Scheduler.Builder scheduler = Scheduler.of(built, ledger)
                    .clock(clock)
                    .sleeper(sleeper)
                    .threads(running.threads())
                    .drainWait(running.drainWait());
            timetable.forEach(scheduler::add);
            return new Integration(built, ledger, scheduler.build(), rotating);
        } catch (RuntimeException e) {
            connections.values().forEach(Connector::close);
            if (ledger != null) {
                ledger.close();
            }
            throw e;
        }
    }

    private Map<String, Connector> open(Map<String, Settings> connections, CredentialStore store, List<String> faults) {
        Map<String, ConnectorProvider> providers = Providers.byName(ConnectorProvider.class, ConnectorProvider::name);
        var open = new LinkedHashMap<String, Connector>();
        connections.forEach((name, settings) -> collect(faults, () -> {
            String type = settings.text("type");
            ConnectorProvider provider = Providers.pick(providers, type, settings.path() + ".type");
            open.put(
                    name, provider.open(settings, new ConnectorContext(name, clock, sleeper, random, store, observer)));
        }));
        return open;
    }

    private static Ledger ledger(Settings settings) {
        Map<String, LedgerProvider> providers = Providers.byName(LedgerProvider.class, LedgerProvider::name);
        LedgerProvider memory = new MemoryLedgerProvider();
        providers.put(memory.name(), memory);
        return Providers.pick(providers, settings.text("type", USUAL_LEDGER), "ledger.type")
                .open(settings);
    }

    private static Settings section(Map<String, Object> file, String name, List<String> faults) {
        return Settings.of(name, object(file.getOrDefault(name, Map.of()), name, faults));
    }

    private static Map<String, Settings> objects(Map<String, Object> file, String name, List<String> faults) {
        var found = new LinkedHashMap<String, Settings>();
        object(file.getOrDefault(name, Map.of()), name, faults).forEach((key, value) -> {
            String path = name + "." + key;
            found.put(key, Settings.of(path, object(value, path, faults)));
        });
        if (found.isEmpty()) {
            faults.add(name + " is empty or missing");
        }
        return found;
    }

    private static Map<String, Object> object(Object value, String path, List<String> faults) {
        var object = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> object.put(String.valueOf(key), item));
        } else {
            faults.add(path + " must be an object with settings");
        }
        return object;
    }

    private static void collect(List<String> faults, Runnable work) {
        try {
            work.run();
        } catch (ConfigurationException e) {
            faults.addAll(e.faults());
        } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
    }
}
