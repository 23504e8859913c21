//! Pixels between decoder and encoder.

/// Interleaved 8-bit pixels: 1 channel is gray, 3 are RGB, 4 are RGBA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pixels {
    pub(crate) data: Vec<u8>,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) channels: usize,
    /// Colour is already multiplied by alpha (only with 4 channels).
    pub(crate) premultiplied: bool,
}

impl Pixels {
    pub(crate) fn new(data: Vec<u8>, width: u32, height: u32, channels: usize) -> Self {
        Self { data, width, height, channels, premultiplied: false }
    }

    pub(crate) fn zeroed(width: u32, height: u32, channels: usize) -> Self {
        let len = width as usize * height as usize * channels;
        Self::new(vec![0; len], width, height, channels)
    }

    pub(crate) fn row_len(&self) -> usize {
        self.width as usize * self.channels
    }

    pub(crate) fn has_alpha(&self) -> bool {
        self.channels == 4
    }

    /// Drop an alpha channel that hides nothing.
    pub(crate) fn drop_opaque_alpha(self) -> Self {
        if !self.has_alpha() || self.data.chunks_exact(4).any(|pixel| pixel[3] != 255) {
            return self;
        }
        self.drop_alpha()
    }

    /// Drop an alpha channel, whatever it says.
    pub(crate) fn drop_alpha(mut self) -> Self {
        let count = self.data.len() / 4;
        for i in 0..count {
            self.data.copy_within(i * 4..i * 4 + 3, i * 3);
        }
        self.data.truncate(count * 3);
        self.channels = 3;
        self.premultiplied = false;
        self
    }

    /// Lay transparent pixels on a ground of one colour.
    pub(crate) fn flatten(mut self, ground: [u8; 3]) -> Self {
        if !self.has_alpha() {
            return self;
        }
        let count = self.data.len() / 4;
        for i in 0..count {
            let alpha = u32::from(self.data[i * 4 + 3]);
            for (channel, under) in ground.iter().enumerate() {
                let over = u32::from(self.data[i * 4 + channel]) * alpha;
                let mixed = over + u32::from(*under) * (255 - alpha);
                self.data[i * 3 + channel] = ((mixed + 127) / 255) as u8;
            }
        }
        self.data.truncate(count * 3);
        self.channels = 3;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Pixels;

    #[test]
    fn opaque_alpha_is_dropped_and_real_alpha_kept() {
        let opaque = Pixels::new(vec![1, 2, 3, 255, 4, 5, 6, 255], 2, 1, 4).drop_opaque_alpha();
        assert_eq!((opaque.channels, opaque.data), (3, vec![1, 2, 3, 4, 5, 6]));
        let glass = Pixels::new(vec![1, 2, 3, 254], 1, 1, 4);
        assert_eq!(glass.clone().drop_opaque_alpha(), glass);
    }

    #[test]
    fn transparent_pixels_show_the_ground() {
        let flat = Pixels::new(vec![200, 0, 0, 0, 10, 20, 30, 255], 2, 1, 4).flatten([9, 9, 9]);
        assert_eq!(flat.data, [9, 9, 9, 10, 20, 30]);
    }
}
