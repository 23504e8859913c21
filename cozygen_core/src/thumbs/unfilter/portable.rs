//! The wavefront of `avx2` in plain bytes, for the compiler to turn into the
//! vector instructions that every CPU of its target has: SSE2, or NEON on ARM.

use super::ROWS;

/// Steps between the first lane's first pixel and the last lane's.
const LAG: usize = 2 * (ROWS - 1);

/// Four bytes of a pixel for each of the rows.
type Lanes = [u8; ROWS * 4];

/// What the last steps left: pixels, the ones of the step before, and those above.
struct State {
    last: Lanes,
    last_but_one: Lanes,
    above: Lanes,
}

/// Undo eight rows that all have Paeth's filter; see `avx2::strip` for the
/// layout of the slices. Other filters are no slower row by row.
pub(super) fn strip<const B: usize>(packed: &[u8], above: &[u8], out: &mut [u8], width: usize) {
    let mut state =
        State { last: [0; ROWS * 4], last_but_one: [0; ROWS * 4], above: [0; ROWS * 4] };
    let mut rows = Rows::<B>::new(packed, above, out, width);
    for step in 0..width + LAG {
        let (source, first) = rows.source(step);
        undo(&source, first, &mut state);
        rows.store(step, &mut state.last);
    }
}

/// Where the eight rows lie.
struct Rows<'a, const B: usize> {
    packed: [&'a [u8]; ROWS],
    above: &'a [u8],
    out: [&'a mut [u8]; ROWS],
    width: usize,
}

impl<'a, const B: usize> Rows<'a, B> {
    fn new(packed: &'a [u8], above: &'a [u8], out: &'a mut [u8], width: usize) -> Self {
        let packed_len = 1 + width * B;
        let mut out_rows = out.chunks_exact_mut(above.len());
        Self {
            packed: std::array::from_fn(|row| {
                &packed[row * packed_len + 1..(row + 1) * packed_len]
            }),
            above,
            out: std::array::from_fn(|_| out_rows.next().unwrap_or_default()),
            width,
        }
    }

    /// The packed pixel of every lane, and the pixel above the first.
    fn source(&self, step: usize) -> (Lanes, [u8; 4]) {
        let mut source = [0; ROWS * 4];
        for (row, lane) in source.chunks_exact_mut(4).enumerate() {
            if let Some(x) = step.checked_sub(2 * row).filter(|x| *x < self.width) {
                lane[..B].copy_from_slice(&self.packed[row][x * B..(x + 1) * B]);
            }
        }
        let mut first = [0; 4];
        if step < self.width {
            first[..B].copy_from_slice(&self.above[step * B..(step + 1) * B]);
        }
        (source, first)
    }

    /// Write the lanes that are inside of their row; the others' neighbours are black.
    fn store(&mut self, step: usize, pixels: &mut Lanes) {
        for (row, lane) in pixels.chunks_exact_mut(4).enumerate() {
            match step.checked_sub(2 * row).filter(|x| *x < self.width) {
                Some(x) => self.out[row][x * B..(x + 1) * B].copy_from_slice(&lane[..B]),
                None => lane.fill(0),
            }
        }
    }
}

/// One pixel in every lane; `first` is the pixel above the first lane.
#[inline(always)]
fn undo(source: &Lanes, first: [u8; 4], state: &mut State) {
    let mut up = [0; ROWS * 4];
    up[..4].copy_from_slice(&first);
    up[4..].copy_from_slice(&state.last_but_one[..ROWS * 4 - 4]);
    let (left, corner) = (state.last, state.above);
    let mut pixels = [0; ROWS * 4];
    for i in 0..ROWS * 4 {
        pixels[i] = source[i].wrapping_add(paeth(left[i], up[i], corner[i]));
    }
    *state = State { last: pixels, last_but_one: left, above: up };
}

/// Paeth's predictor in bytes; see `avx2::paeth`.
#[inline(always)]
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (pa, pb) = (up.abs_diff(corner), left.abs_diff(corner));
    let opposite = (up >= corner) != (left >= corner);
    let pc = if opposite { pa.abs_diff(pb) } else { pa.saturating_add(pb) };
    let smaller = pb.min(pc);
    let other = if smaller == pb { up } else { corner };
    if pa.min(smaller) == pa { left } else { other }
}
