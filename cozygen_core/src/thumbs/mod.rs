//! Thumbnails: decode any supported picture within limits, shrink, encode.
