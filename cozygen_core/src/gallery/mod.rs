//! The gallery index: which media files there are, and what they say of themselves.
