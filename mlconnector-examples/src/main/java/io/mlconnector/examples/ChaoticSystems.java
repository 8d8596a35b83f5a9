package io.mlconnector.examples;

/** Systems in which calls can go wrong on purpose. */
interface ChaoticSystems extends DemoSystems {

    /** Lets calls go wrong from now on. */
    Chaos unleash();
}
