//! Tag search: a compiled list of tags that answers while someone types.
