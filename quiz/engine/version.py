"""The version of the engine: it grows with every change that alters a report."""

VERSION = "1.2"
