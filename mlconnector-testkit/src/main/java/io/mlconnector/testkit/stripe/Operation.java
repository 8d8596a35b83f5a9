package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What an endpoint does. It checks everything before it changes anything, so a refusal leaves no trace. */
@FunctionalInterface
interface Operation {

    ObjectNode run(Invocation call);
}
