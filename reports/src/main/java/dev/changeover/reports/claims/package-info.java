/// A vendor's statements, decided: by exact arithmetic or by what the judge found. Pure. May use the judgement and the
/// scenario; never render.
package dev.changeover.reports.claims;
