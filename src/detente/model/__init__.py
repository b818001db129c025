"""The model: parties, options, states, preferences and the case file. Frozen, no arrays, no IO."""
