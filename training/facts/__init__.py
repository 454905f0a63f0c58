"""What the reader of counts learns from: marked passages, how they are checked, how the ranker is trained and measured."""
