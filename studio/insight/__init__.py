"""The room of plots: one question a chart, answered in its title."""
