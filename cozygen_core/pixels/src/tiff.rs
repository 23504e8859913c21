//! TIFF in bands: one strip, or one row of tiles, is all that is in memory at once.

use tiff::decoder::{ChunkType, Decoder, Limits};
use tiff::tags::{CompressionMethod, Tag};
use tiff::{ColorType, TiffError};

use crate::error::{PictureError, Source};
use crate::jpeg_size::jpeg_size;
use crate::samples::Samples;

impl From<TiffError> for PictureError {
    fn from(error: TiffError) -> Self {
        match error {
            TiffError::LimitsExceeded => Self::TooLarge(error.to_string()),
            TiffError::UnsupportedError(_) => Self::Unsupported(error.to_string()),
            other => Self::Broken(other.to_string()),
        }
    }
}

/// The first picture of a TIFF, given out as 8-bit gray, RGB or RGBA.
pub struct Tiff<'a> {
    decoder: Decoder<&'a mut dyn Source>,
    size: (u32, u32),
    chunk: (u32, u32),
    samples: Samples,
    planes: u32,
    /// Where chunks lie that are JPEGs of their own, and how long they are.
    jpegs: Vec<(u64, u64)>,
    piece: Vec<u8>,
}

impl<'a> Tiff<'a> {
    /// Read the first directory. A chunk may take `max_memory` bytes.
    ///
    /// # Errors
    /// When the file is broken or has a feature that is not read.
    pub fn open(source: &'a mut dyn Source, max_memory: u64) -> Result<Self, PictureError> {
        let most = usize::try_from(max_memory).unwrap_or(usize::MAX);
        let mut limits = Limits::default();
        (limits.decoding_buffer_size, limits.intermediate_buffer_size) = (most, most);
        let mut decoder = Decoder::new(source)?.with_limits(limits);
        let size = decoder.dimensions()?;
        let formats = decoder.find_tag_unsigned_vec::<u16>(Tag::SampleFormat)?;
        let samples = Samples::of(decoder.colortype()?, formats.unwrap_or_default().as_slice())?;
        let planes = decoder.image_buffer_layout()?.planes;
        let chunk = decoder.chunk_dimensions();
        if chunk.0 == 0 || chunk.1 == 0 || size.0 == 0 || size.1 == 0 {
            return Err(PictureError::Broken("a picture or strip without rows".into()));
        }
        let planes = u32::try_from(planes).unwrap_or(1);
        let jpegs = jpeg_chunks(&mut decoder)?;
        Ok(Self { decoder, size, chunk, samples, planes, jpegs, piece: Vec::new() })
    }

    /// Columns and rows.
    pub fn size(&self) -> (u32, u32) {
        self.size
    }

    /// 1 gray, 3 RGB, 4 RGBA.
    pub fn channels(&self) -> usize {
        self.samples.channels()
    }

    /// The colour profile as the file holds it.
    pub fn icc(&mut self) -> Option<Vec<u8>> {
        self.decoder.get_tag_u8_vec(Tag::IccProfile).ok()
    }

    /// How many bands there are.
    pub fn bands(&self) -> u32 {
        self.size.1.div_ceil(self.chunk.1)
    }

    /// The most bytes that are held to read one band.
    pub fn band_memory(&self) -> u64 {
        let rows = u64::from(self.chunk.1.min(self.size.1));
        let stored = rows * self.samples.row_len(self.size.0) as u64;
        let piece = if self.is_one_piece() {
            0
        } else {
            rows * self.samples.row_len(self.chunk.0) as u64 / u64::from(self.planes)
        };
        let made = rows * u64::from(self.size.0) * self.channels() as u64;
        let jpeg = if self.jpegs.is_empty() { 0 } else { made };
        stored + piece + jpeg + if self.samples.grow() { made } else { 0 }
    }

    /// The rows of a band, counted from the top.
    ///
    /// # Errors
    /// When the band is broken or there is no such band.
    pub fn band(&mut self, index: u32, out: &mut Vec<u8>) -> Result<(), PictureError> {
        let top = u64::from(index) * u64::from(self.chunk.1);
        let Some(rows) = u64::from(self.size.1).checked_sub(top).filter(|rows| *rows > 0) else {
            return Err(PictureError::Broken("no such band".into()));
        };
        let rows = rows.min(u64::from(self.chunk.1)) as usize;
        out.clear();
        out.resize(rows * self.samples.row_len(self.size.0), 0);
        let across = self.size.0.div_ceil(self.chunk.0);
        if self.is_one_piece() {
            self.check_jpeg(index)?;
            self.decoder.read_chunk_bytes(index, out)?;
        } else {
            let pieces = (0..self.planes).flat_map(|plane| (0..across).map(move |at| (plane, at)));
            for (plane, column) in pieces {
                let chunk = plane * self.bands() * across + index * across + column;
                self.place(chunk, plane as usize, column, out)?;
            }
        }
        self.samples.to_eight_bits(out, self.size.0 as usize);
        Ok(())
    }

    fn is_one_piece(&self) -> bool {
        self.planes == 1 && self.chunk.0 >= self.size.0
    }

    /// Read a chunk and lay it, or its one colour, into the band.
    fn place(
        &mut self,
        chunk: u32,
        plane: usize,
        column: u32,
        out: &mut [u8],
    ) -> Result<(), PictureError> {
        self.check_jpeg(chunk)?;
        let layout = self.decoder.image_chunk_buffer_layout(chunk)?;
        let stride = layout.row_stride.map_or(1, |stride| stride.get());
        self.piece.clear();
        self.piece.resize(layout.len, 0);
        self.decoder.read_chunk_bytes(chunk, &mut self.piece)?;
        let row_len = self.samples.row_len(self.size.0);
        let start = self.samples.row_len(column * self.chunk.0);
        for (row, piece) in out.chunks_exact_mut(row_len).zip(self.piece.chunks_exact(stride)) {
            let row = row.get_mut(start..).unwrap_or_default();
            if self.planes == 1 {
                row.iter_mut().zip(piece).for_each(|(to, from)| *to = *from);
            } else {
                self.samples.spread(piece, plane, row);
            }
        }
        Ok(())
    }

    /// A chunk that is a JPEG states a size of its own, which the decoder would believe.
    fn check_jpeg(&mut self, chunk: u32) -> Result<(), PictureError> {
        let Some((offset, len)) = self.jpegs.get(chunk as usize).copied() else { return Ok(()) };
        let (width, height) = jpeg_size(self.decoder.inner(), offset, len)?;
        let (columns, rows) = self.chunk;
        if width > columns.max(self.size.0) || height > rows.min(self.size.1).max(8) {
            return Err(PictureError::Broken("a strip is larger than it says".into()));
        }
        Ok(())
    }
}

fn jpeg_chunks(decoder: &mut Decoder<&mut dyn Source>) -> Result<Vec<(u64, u64)>, PictureError> {
    let compression = decoder.find_tag_unsigned::<u16>(Tag::Compression)?;
    if compression != Some(CompressionMethod::ModernJPEG.to_u16()) {
        return Ok(Vec::new());
    }
    let (offsets, lengths) = match decoder.get_chunk_type() {
        ChunkType::Strip => (Tag::StripOffsets, Tag::StripByteCounts),
        ChunkType::Tile => (Tag::TileOffsets, Tag::TileByteCounts),
    };
    let offsets = decoder.get_tag_u64_vec(offsets)?;
    Ok(offsets.into_iter().zip(decoder.get_tag_u64_vec(lengths)?).collect())
}

/// How the samples of a colour lie in the file.
impl Samples {
    fn of(color: ColorType, formats: &[u16]) -> Result<Self, PictureError> {
        let samples = match color {
            ColorType::Gray(1) => Self::Bits,
            ColorType::Gray(8) => Self::Bytes(1),
            ColorType::RGB(8) => Self::Bytes(3),
            ColorType::RGBA(8) => Self::Bytes(4),
            ColorType::Gray(16) => Self::Words(1),
            ColorType::RGB(16) => Self::Words(3),
            ColorType::RGBA(16) => Self::Words(4),
            ColorType::RGB(32) => Self::Floats(3),
            ColorType::RGBA(32) => Self::Floats(4),
            ColorType::CMYK(8) => Self::Inks,
            ColorType::CMYK(16) => Self::WideInks,
            other => return Err(PictureError::Unsupported(format!("a TIFF of {other:?}"))),
        };
        // 1 whole numbers, 3 floating point.
        let format = if matches!(samples, Self::Floats(_)) { 3 } else { 1 };
        if formats.iter().any(|stated| *stated != format) || (formats.is_empty() && format != 1) {
            return Err(PictureError::Unsupported("a TIFF of odd samples".into()));
        }
        Ok(samples)
    }
}
