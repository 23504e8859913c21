//! The few calls of libwebp that are needed, behind safe functions.

use std::mem::MaybeUninit;

use libwebp_sys as ffi;

use super::error::Fault;
use super::pixels::Pixels;

/// What the header of a WebP file says.
pub(crate) struct Features {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) has_alpha: bool,
    pub(crate) animated: bool,
    pub(crate) lossless: bool,
}

/// Read the header.
pub(crate) fn features(bytes: &[u8]) -> Result<Features, Fault> {
    let mut features = MaybeUninit::<ffi::WebPBitstreamFeatures>::zeroed();
    // SAFETY: the pointer and length are those of a slice; the result is a
    // plain structure that libwebp clears before it fills it.
    let features = unsafe {
        let status = ffi::WebPGetFeatures(bytes.as_ptr(), bytes.len(), features.as_mut_ptr());
        if status != ffi::VP8StatusCode::VP8_STATUS_OK {
            return Err(Fault::broken(format!("libwebp: {status:?}")));
        }
        features.assume_init()
    };
    let size = |length: i32| u32::try_from(length).map_err(|_| Fault::broken("a negative size"));
    Ok(Features {
        width: size(features.width)?,
        height: size(features.height)?,
        has_alpha: features.has_alpha != 0,
        animated: features.has_animation != 0,
        lossless: features.format == 2,
    })
}

/// Decode into rows of 3 or 4 channels that begin `stride` bytes apart.
pub(crate) fn decode_into(
    bytes: &[u8],
    channels: usize,
    stride: usize,
    out: &mut [u8],
) -> Result<(), Fault> {
    let stride = i32::try_from(stride).map_err(|_| Fault::broken("too wide"))?;
    let call = if channels == 4 { ffi::WebPDecodeRGBAInto } else { ffi::WebPDecodeRGBInto };
    // SAFETY: libwebp writes at most `out.len()` bytes at `out` and fails when
    // the picture needs more.
    let end = unsafe { call(bytes.as_ptr(), bytes.len(), out.as_mut_ptr(), out.len(), stride) };
    if end.is_null() { Err(Fault::broken("libwebp cannot decode the picture")) } else { Ok(()) }
}

/// How hard libwebp tries, 0 to 6: 2 costs half of the default 4.
const METHOD: i32 = 2;

/// Encode RGB or RGBA pixels, lossy.
pub(crate) fn encode(pixels: &Pixels, quality: f32) -> Result<Vec<u8>, Fault> {
    let failed = |step: &str| Fault::broken(format!("libwebp cannot {step} the thumbnail"));
    let mut config = ffi::WebPConfig::new_with_preset(ffi::WebPPreset::WEBP_PRESET_PHOTO, quality)
        .map_err(|()| failed("configure"))?;
    config.method = METHOD;
    config.thread_level = 0;
    let mut picture = Picture::import(pixels).ok_or_else(|| failed("import"))?;
    let mut writer = Writer::new();
    picture.0.writer = Some(ffi::WebPMemoryWrite);
    picture.0.custom_ptr = (&raw mut writer.0).cast();
    // SAFETY: config and picture are initialised, and the writer lives until
    // the call returns.
    let done = unsafe { ffi::WebPEncode(&raw const config, &raw mut picture.0) };
    if done == 0 { Err(failed("encode")) } else { Ok(writer.bytes().to_vec()) }
}

/// A picture that frees its planes.
struct Picture(ffi::WebPPicture);

impl Picture {
    fn import(pixels: &Pixels) -> Option<Self> {
        let mut picture = Self(ffi::WebPPicture::new().ok()?);
        picture.0.width = i32::try_from(pixels.width).ok()?;
        picture.0.height = i32::try_from(pixels.height).ok()?;
        let stride = i32::try_from(pixels.row_len()).ok()?;
        let call =
            if pixels.has_alpha() { ffi::WebPPictureImportRGBA } else { ffi::WebPPictureImportRGB };
        if pixels.data.len() < pixels.row_len() * pixels.height as usize {
            return None;
        }
        // SAFETY: `data` holds `height` rows of `stride` bytes, checked above.
        let done = unsafe { call(&raw mut picture.0, pixels.data.as_ptr(), stride) };
        (done != 0).then_some(picture)
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        // SAFETY: the picture was initialised by libwebp and is freed once.
        unsafe { ffi::WebPPictureFree(&raw mut self.0) }
    }
}

/// Memory that libwebp grows and that is given back to it.
struct Writer(ffi::WebPMemoryWriter);

impl Writer {
    fn new() -> Self {
        let mut writer = MaybeUninit::zeroed();
        // SAFETY: the call initialises every field.
        unsafe {
            ffi::WebPMemoryWriterInit(writer.as_mut_ptr());
            Self(writer.assume_init())
        }
    }

    fn bytes(&self) -> &[u8] {
        if self.0.mem.is_null() {
            return &[];
        }
        // SAFETY: libwebp has written `size` bytes at `mem`.
        unsafe { std::slice::from_raw_parts(self.0.mem, self.0.size) }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // SAFETY: the writer was initialised by libwebp and is cleared once.
        unsafe { ffi::WebPMemoryWriterClear(&raw mut self.0) }
    }
}
