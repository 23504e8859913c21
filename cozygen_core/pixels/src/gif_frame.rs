//! The first frame of a GIF: one byte a pixel in memory, given out row by row.

use gif::{ColorOutput, DecodeOptions, DecodingError};

use crate::error::{PictureError, Source};

impl From<DecodingError> for PictureError {
    fn from(error: DecodingError) -> Self {
        Self::Broken(error.to_string())
    }
}

/// The first frame on its canvas.
pub struct GifFrame {
    size: (u32, u32),
    place: (usize, usize),
    /// Columns of the frame, which may be fewer than those of the canvas.
    columns: usize,
    indices: Vec<u8>,
    /// What each index shows; RGBA.
    palette: Vec<[u8; 4]>,
    is_opaque: bool,
    icc: Option<Vec<u8>>,
}

impl GifFrame {
    /// Unpack the first frame, which may take `max_memory` bytes.
    ///
    /// # Errors
    /// When the file is broken, has no frame or is too large.
    pub fn read(source: &mut dyn Source, max_memory: u64) -> Result<Self, PictureError> {
        let mut options = DecodeOptions::new();
        options.set_color_output(ColorOutput::Indexed);
        let mut decoder = options.read_info(source)?;
        let size = (u32::from(decoder.width()), u32::from(decoder.height()));
        let Some(frame) = decoder.next_frame_info()? else {
            return Err(PictureError::Broken("a GIF without a picture".into()));
        };
        let place = (usize::from(frame.left), usize::from(frame.top));
        let (columns, rows) = (usize::from(frame.width), usize::from(frame.height));
        let transparent = frame.transparent;
        if (columns * rows) as u64 > max_memory {
            return Err(PictureError::TooLarge("the frame needs more memory than allowed".into()));
        }
        let palette = palette(decoder.palette()?, transparent);
        let mut indices = vec![0; columns * rows];
        decoder.read_into_buffer(&mut indices)?;
        let icc = decoder.icc_profile().map(<[u8]>::to_vec);
        let (width, height) = (size.0 as usize, size.1 as usize);
        let covers = place == (0, 0) && columns >= width && rows >= height;
        let is_opaque = covers && indices.iter().all(|index| opaque(&palette, *index));
        Ok(Self { size, place, columns, indices, palette, is_opaque, icc })
    }

    /// Columns and rows of the canvas.
    pub fn size(&self) -> (u32, u32) {
        self.size
    }

    /// 3 RGB, or 4 RGBA where something shows through.
    pub fn channels(&self) -> usize {
        if self.is_opaque { 3 } else { 4 }
    }

    /// The colour profile as the file holds it.
    pub fn icc(&mut self) -> Option<Vec<u8>> {
        self.icc.take()
    }

    /// A row of the canvas.
    pub fn row(&self, y: usize, out: &mut Vec<u8>) {
        let channels = self.channels();
        out.clear();
        out.resize(self.size.0 as usize * channels, 0);
        let Some(line) = y.checked_sub(self.place.1) else { return };
        let indices = self.indices.chunks(self.columns.max(1)).nth(line).unwrap_or_default();
        let pixels = out.chunks_exact_mut(channels).skip(self.place.0);
        for (pixel, index) in pixels.zip(indices) {
            let color = self.palette.get(usize::from(*index)).copied().unwrap_or_default();
            pixel.copy_from_slice(&color[..channels]);
        }
    }
}

fn palette(colors: &[u8], transparent: Option<u8>) -> Vec<[u8; 4]> {
    let shown = colors.chunks_exact(3).enumerate().map(|(index, rgb)| {
        let hidden = transparent.map(usize::from) == Some(index);
        if hidden { [0; 4] } else { [rgb[0], rgb[1], rgb[2], 255] }
    });
    shown.collect()
}

fn opaque(palette: &[[u8; 4]], index: u8) -> bool {
    palette.get(usize::from(index)).is_some_and(|color| color[3] == 255)
}
