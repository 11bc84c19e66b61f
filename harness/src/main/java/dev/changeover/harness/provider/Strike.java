package dev.changeover.harness.provider;

import dev.changeover.toxics.http.HttpFault;

/// A fault in force that strikes a call, as what it is.
record Strike<F extends HttpFault>(InjectedFault by, F fault) {}
