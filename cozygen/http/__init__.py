"""HTTP as CozyGen speaks it: rows, requests, replies, errors."""
