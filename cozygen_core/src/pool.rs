//! The core's own threads: bounded, named, low priority, never a global pool.

/// Lower the priority of the calling thread so that generation goes first.
pub fn lower_priority() {}
