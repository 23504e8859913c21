//! Averaging rows down by an integer while they arrive.

use super::halve;
use super::pixels::Pixels;
use super::scratch;

/// Averages boxes of `factor` × `factor` pixels; holds two rows, never the source.
///
/// Colour under transparency does not bleed: RGBA rows are multiplied by their
/// alpha before they are averaged.
pub(crate) struct RowReducer {
    factor: usize,
    width: usize,
    channels: usize,
    sums: Vec<u16>,
    rows: usize,
    premultiplied_row: Vec<u8>,
    /// The first of two rows that are averaged together.
    pending: Option<Vec<u8>>,
    out: Pixels,
    height: usize,
}

impl RowReducer {
    /// `factor` is 1 to 256.
    pub(crate) fn new(width: u32, height: u32, channels: usize, factor: u32) -> Self {
        let factor_ = factor.clamp(1, 256);
        let (columns, rows) = (width.div_ceil(factor_), height.div_ceil(factor_));
        let room = scratch::take_empty(columns as usize * rows as usize * channels);
        let mut out = Pixels::new(room, columns, rows, channels);
        out.premultiplied = channels == 4 && factor_ > 1;
        Self {
            factor: factor_ as usize,
            width: width as usize,
            channels,
            sums: vec![0; if factor_ > 1 { width as usize * channels } else { 0 }],
            rows: 0,
            premultiplied_row: Vec::new(),
            pending: None,
            out,
            height: height as usize,
        }
    }

    /// Add the next row of the source.
    pub(crate) fn push(&mut self, row: &[u8]) {
        if self.factor == 1 {
            self.out.data.extend_from_slice(row);
            return;
        }
        if self.factor == 2 && self.channels == 3 && self.width.is_multiple_of(2) {
            self.halve(row);
            return;
        }
        self.sum(row);
    }

    fn halve(&mut self, row: &[u8]) {
        match self.pending.as_mut() {
            Some(first) if !first.is_empty() => {
                halve::rgb(first, row, &mut self.out.data);
                first.clear();
            }
            Some(first) => first.extend_from_slice(row),
            None => self.pending = Some(row.to_vec()),
        }
    }

    fn sum(&mut self, row: &[u8]) {
        if self.channels == 4 {
            let mut own = std::mem::take(&mut self.premultiplied_row);
            premultiply(row, &mut own);
            add(&mut self.sums, &own);
            self.premultiplied_row = own;
        } else {
            add(&mut self.sums, row);
        }
        self.rows += 1;
        if self.rows == self.factor {
            self.flush();
        }
    }

    fn flush(&mut self) {
        match self.channels {
            1 => average::<1>(&self.sums, self.factor, self.rows, &mut self.out.data),
            3 => average::<3>(&self.sums, self.factor, self.rows, &mut self.out.data),
            _ => average::<4>(&self.sums, self.factor, self.rows, &mut self.out.data),
        }
        self.sums.fill(0);
        self.rows = 0;
    }

    /// The averaged pixels, and how many of their columns and rows the source covers.
    pub(crate) fn finish(mut self) -> (Pixels, (f64, f64)) {
        if let Some(last) = self.pending.take().filter(|row| !row.is_empty()) {
            self.sum(&last);
        }
        if self.rows > 0 {
            self.flush();
        }
        let factor = self.factor as f64;
        (self.out, (self.width as f64 / factor, self.height as f64 / factor))
    }
}

fn premultiply(row: &[u8], out: &mut Vec<u8>) {
    out.clear();
    out.extend(row.chunks_exact(4).flat_map(|pixel| {
        let alpha = u16::from(pixel[3]);
        let scaled = |value: u8| ((u16::from(value) * alpha + 127) / 255) as u8;
        [scaled(pixel[0]), scaled(pixel[1]), scaled(pixel[2]), pixel[3]]
    }));
}

fn add(sums: &mut [u16], row: &[u8]) {
    for (sum, value) in sums.iter_mut().zip(row) {
        *sum += u16::from(*value);
    }
}

/// Average `factor` columns of `rows` summed rows; the last box may be narrower.
fn average<const C: usize>(sums: &[u16], factor: usize, rows: usize, out: &mut Vec<u8>) {
    for columns in sums.chunks(factor * C) {
        let mut total = [0u32; C];
        for pixel in columns.chunks_exact(C) {
            for (sum, value) in total.iter_mut().zip(pixel) {
                *sum += u32::from(*value);
            }
        }
        let count = (columns.len() / C * rows) as u32;
        out.extend(total.map(|sum| ((sum + count / 2) / count) as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_averaged_and_the_rest_at_the_edge_too() {
        let mut reducer = RowReducer::new(3, 3, 1, 2);
        for row in [[10, 20, 100], [30, 40, 200], [7, 9, 50]] {
            reducer.push(&row);
        }
        let (pixels, span) = reducer.finish();
        assert_eq!((pixels.width, pixels.height, pixels.data), (2, 2, vec![25, 150, 8, 50]));
        assert_eq!(span, (1.5, 1.5));
    }

    #[test]
    fn colour_under_transparent_pixels_does_not_bleed() {
        let mut reducer = RowReducer::new(2, 1, 4, 2);
        reducer.push(&[255, 0, 0, 0, 0, 255, 0, 255]);
        let (pixels, _) = reducer.finish();
        assert_eq!(pixels.data, [0, 128, 0, 128]);
        assert!(pixels.premultiplied);
    }

    #[test]
    fn the_largest_box_does_not_overflow() {
        let mut reducer = RowReducer::new(256, 256, 1, 256);
        (0..256).for_each(|_| reducer.push(&[255; 256]));
        assert_eq!(reducer.finish().0.data, [255]);
    }
}
