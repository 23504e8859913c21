//! The picture libraries' generic code, compiled once.
//!
//! `fast_image_resize` and `image` are generic in their inputs, so whoever
//! calls them compiles them: a minute and a half of work on every change of the
//! core. This crate calls them with plain bytes and is rebuilt only when it
//! changes itself.

mod first_frame;
mod lanczos;
mod resize;

pub use first_frame::{FirstFrame, Kind, PictureError, Source, first_frame};
pub use resize::{ResizeError, divide_alpha, lanczos3, multiply_alpha};
