//! The picture libraries' generic code, compiled once.
//!
//! `fast_image_resize`, `image` and its decoders are generic in their inputs, so whoever
//! calls them compiles them: a minute and a half of work on every change of the
//! core. This crate calls them with plain bytes and is rebuilt only when it
//! changes itself.

mod error;
mod first_frame;
mod gif_frame;
mod jpeg_size;
mod lanczos;
mod resize;
mod samples;
mod tiff;
mod webp_lossless;

pub use error::{PictureError, Source};
pub use first_frame::{FirstFrame, Kind, first_frame};
pub use gif_frame::GifFrame;
pub use resize::{ResizeError, divide_alpha, lanczos3, multiply_alpha};
pub use tiff::Tiff;
pub use webp_lossless::webp_lossless;
