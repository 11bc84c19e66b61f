/// What a change of provider costs and saves. Pure. May use scenario, check and units; never claims or render.
package dev.changeover.reports.roi;
