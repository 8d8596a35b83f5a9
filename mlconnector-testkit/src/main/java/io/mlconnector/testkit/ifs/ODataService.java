package io.mlconnector.testkit.ifs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a path names and hands the request on to it. */
final class ODataService {

    private static final Pattern SEGMENT = Pattern.compile("([A-Za-z_][\\w.]*)(?:\\((.*)\\))?", Pattern.DOTALL);

    private final SandboxSettings settings;
    private final EntityStore store;
    private final ReadHandler reads;
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    ODataService(SandboxSettings settings, EntityStore store) {
        this.settings = settings;
        this.store = store;
        this.reads = new ReadHandler(settings);
    }

    Set<String> revoked() {
        return revoked;
    }

    Reply answer(WireRequest request) {
        String service = store.services().stream()
                .filter(candidate ->
                        request.path().equals("/" + candidate) || request.path().startsWith("/" + candidate + "/"))
                .findFirst()
                .orElseThrow(Refusal::notFound);
        if (revoked.contains(service)) {
            throw Refusal.of(403, "ODP_FORBIDDEN", "The user has no grant for the projection.");
        }
        String serviceUrl = settings.origin(request) + "/" + service;
        String rest = request.path().substring(Math.min(request.path().length(), service.length() + 2));
        if (rest.isEmpty() || rest.equals("$metadata")) {
            requireMethod(request, "GET");
            if (rest.isEmpty()) {
                requireAccept(request, "application/json");
                return MetadataDocument.service(serviceUrl, store.setsOf(service));
            }
            requireAccept(request, "application/xml");
            return MetadataDocument.metadata(service, store.setsOf(service));
        }
        if (rest.startsWith("$")) {
            throw Refusal.notImplemented();
        }
        requireAccept(request, "application/json");
        return dispatch(target(service, serviceUrl, rest), request);
    }

    private Reply dispatch(Target target, WireRequest request) {
        if (target.key().isEmpty()) {
            requireMethod(request, "GET", "POST");
            return request.method().equals("GET")
                    ? reads.collection(target, request)
                    : WriteHandler.create(target, request, store);
        }
        requireMethod(request, "GET", "PATCH", "PUT", "DELETE");
        List<Object> key = target.key().get();
        return switch (request.method()) {
            case "GET" -> reads.entity(target, key, request);
            case "DELETE" -> WriteHandler.delete(target, key, request);
            default -> WriteHandler.change(target, key, request, store);
        };
    }

    private Target target(String service, String serviceUrl, String rest) {
        if (!settings.encodedSlashes() && rest.toUpperCase(Locale.ROOT).contains("%2F")) {
            throw new Refusal(Reply.html(400, "Bad Request"));
        }
        String[] segments = rest.split("/", -1);
        if (segments.length > 2) {
            throw Refusal.notFound();
        }
        Matcher first = segment(segments[0]);
        Target target = resolve(service + "/" + first.group(1), first, row -> true, serviceUrl);
        return segments.length == 1 ? target : child(target, service, segment(segments[1]));
    }

    private Target resolve(String path, Matcher segment, Predicate<IfsRow> scope, String serviceUrl) {
        EntityTable table = store.at(path).orElseThrow(Refusal::notFound);
        Optional<List<Object>> key =
                Optional.ofNullable(segment.group(2)).map(text -> KeyPredicate.parse(table.definition(), text));
        return new Target(table, key, scope, serviceUrl);
    }

    /** The rows of another set that carry the key of the parent, which must exist. */
    private Target child(Target parent, String service, Matcher segment) {
        EntitySetDefinition definition = parent.table().definition();
        EntitySetDefinition.Children child =
                Optional.ofNullable(definition.children().get(segment.group(1))).orElseThrow(Refusal::notFound);
        List<Object> key = parent.key().orElseThrow(Refusal::notFound);
        if (parent.table().find(key).isEmpty()) {
            throw Refusal.notFound();
        }
        Predicate<IfsRow> scope =
                row -> child.columns().stream().map(row::value).toList().equals(key);
        return resolve(service + "/" + child.set(), segment, scope, parent.serviceUrl());
    }

    private static Matcher segment(String rawSegment) {
        Matcher segment = SEGMENT.matcher(PercentCode.decode(rawSegment));
        if (!segment.matches()) {
            throw rawSegment.startsWith("$") ? Refusal.notImplemented() : Refusal.badRequest("The URI is malformed.");
        }
        return segment;
    }

    private static void requireMethod(WireRequest request, String... methods) {
        if (!Arrays.asList(methods).contains(request.method())) {
            throw new Refusal(Refusal.answer(405, null, "HTTP method " + request.method() + " is not allowed here.")
                    .with("Allow", String.join(", ", methods)));
        }
    }

    private static void requireAccept(WireRequest request, String mediaType) {
        String accept = request.header("Accept").orElse("*/*");
        if (!accept.contains(mediaType) && !accept.contains("*/*") && !accept.contains("application/*")) {
            throw Refusal.of(406, null, "The content-type range '" + accept + "' is not supported.");
        }
    }
}
