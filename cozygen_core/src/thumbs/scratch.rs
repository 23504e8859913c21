//! Large buffers that a thread keeps from one picture to the next.
//!
//! Fresh memory costs a page fault for every 4 KiB: a tenth of a thumbnail's time.

use std::cell::RefCell;

/// Buffers above this go back to the system.
const KEPT: usize = 16 << 20;

thread_local! {
    static BUFFERS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// A buffer of `len` bytes whose contents are left over from earlier.
pub(crate) fn take(len: usize) -> Vec<u8> {
    let mut buffer = BUFFERS.with_borrow_mut(|kept| {
        let fits = kept.iter().position(|buffer| buffer.capacity() >= len);
        fits.map(|index| kept.swap_remove(index)).unwrap_or_default()
    });
    if buffer.capacity() < len {
        buffer = vec![0; len];
    }
    buffer.resize(len, 0);
    buffer
}

/// Keep a buffer for the next picture of this thread.
pub(crate) fn give(buffer: Vec<u8>) {
    if (4096..=KEPT).contains(&buffer.capacity()) {
        BUFFERS.with_borrow_mut(|kept| {
            kept.truncate(2);
            kept.push(buffer);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_buffer_is_taken_again_and_has_the_asked_length() {
        let mut buffer = take(10_000);
        buffer[0] = 7;
        let place = buffer.as_ptr();
        give(buffer);
        let again = take(9_000);
        assert_eq!((again.as_ptr(), again.len()), (place, 9_000));
        assert_eq!(take(9_000).len(), 9_000);
    }

    #[test]
    fn what_is_too_large_is_not_kept() {
        let buffer = take(KEPT + 1);
        give(buffer);
        assert!(take(1).capacity() <= KEPT);
    }
}
