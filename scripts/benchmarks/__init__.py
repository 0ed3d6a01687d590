"""What scripts/bench, bench-peers, bench-growth and check-speed share."""
