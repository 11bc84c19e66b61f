/// Stub mappings of the user's own, and WireMock, which serves them as a provider.
///
/// The only room that knows WireMock, whose classes are loaded when a scenario names a folder of stubs, and never
/// before. May use nothing of the harness.
package dev.changeover.harness.stubs;
