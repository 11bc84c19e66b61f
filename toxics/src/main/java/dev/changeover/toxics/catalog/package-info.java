/// The named faults: each made of toxics and HTTP faults, with its parameters and where it was seen.
package dev.changeover.toxics.catalog;
