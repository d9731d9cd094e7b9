"""What `make bench` runs: the app in a real X window, against floors of the same run. See docs/benchmarks.md."""
