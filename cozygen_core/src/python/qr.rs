//! Binding of [`crate::qr`].

use pyo3::prelude::*;

use super::errors::TooLargeError;
use crate::qr;

/// The text as a QR code for a terminal.
#[pyfunction]
pub fn qr_text(text: &str) -> PyResult<String> {
    qr::qr_text(text).map_err(|_| TooLargeError::new_err("the text does not fit into a QR code"))
}
