//! Bindings of [`crate::thumbs`].

use std::path::PathBuf;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use super::errors::{DecodeError, TooLargeError, UnsupportedFormatError, guarded};
use crate::pool;
use crate::thumbs::{self, Encoded, Limits, Options, OutputFormat, ThumbError};

impl From<ThumbError> for PyErr {
    fn from(error: ThumbError) -> Self {
        let message = error.to_string();
        match error {
            // errno and file name, so that Python picks FileNotFoundError and its like.
            ThumbError::Io { path, source } => match source.raw_os_error() {
                Some(code) => pyo3::exceptions::PyOSError::new_err((
                    code,
                    source.to_string(),
                    path.into_os_string(),
                )),
                None => source.into(),
            },
            ThumbError::Unsupported { .. } => UnsupportedFormatError::new_err(message),
            ThumbError::TooLarge { .. } => TooLargeError::new_err(message),
            _ => DecodeError::new_err(message),
        }
    }
}

/// A finished thumbnail.
#[pyclass(frozen, module = "cozygen_core")]
pub struct Thumbnail(thumbs::Thumbnail);

#[pymethods]
impl Thumbnail {
    #[getter]
    fn data<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.data)
    }

    #[getter]
    fn format(&self) -> &'static str {
        match self.0.format {
            Encoded::Jpeg => "jpeg",
            Encoded::Webp => "webp",
        }
    }

    #[getter]
    fn width(&self) -> u32 {
        self.0.width
    }

    #[getter]
    fn height(&self) -> u32 {
        self.0.height
    }

    #[getter]
    fn source_width(&self) -> u32 {
        self.0.source_width
    }

    #[getter]
    fn source_height(&self) -> u32 {
        self.0.source_height
    }

    #[getter]
    fn thumbhash<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.thumbhash)
    }
}

fn options(width: u32, format: &str, fast: bool, limits: Limits) -> PyResult<Options> {
    let format = match format {
        "auto" => OutputFormat::Auto,
        "jpeg" => OutputFormat::Jpeg,
        "webp" => OutputFormat::Webp,
        other => return Err(PyValueError::new_err(format!("no such format: {other:?}"))),
    };
    if !(1..=4096).contains(&width) {
        return Err(PyValueError::new_err("width must be 1 to 4096"));
    }
    Ok(Options { width, format, fast, limits })
}

#[pyfunction]
#[pyo3(signature = (path, width, *, format = "auto", fast = false,
    max_pixels = 200_000_000, max_memory = 268_435_456))]
fn thumbnail(
    py: Python<'_>,
    path: PathBuf,
    width: u32,
    format: &str,
    fast: bool,
    max_pixels: u64,
    max_memory: u64,
) -> PyResult<Thumbnail> {
    let limits = Limits { max_pixels, max_memory, ..Limits::default() };
    let options = options(width, format, fast, limits)?;
    guarded(py, || thumbs::thumbnail(&path, &options).map(Thumbnail))
}

#[pyfunction]
fn thumbnail_pixels<'py>(
    py: Python<'py>,
    path: PathBuf,
    width: u32,
) -> PyResult<Bound<'py, PyBytes>> {
    let options = options(width, "auto", false, Limits::default())?;
    let pixels = guarded(py, || thumbs::thumbnail_pixels(&path, &options))?;
    Ok(PyBytes::new(py, &pixels))
}

#[pyfunction]
#[pyo3(signature = (pixels, width, height, channels, target_width, *, format = "auto"))]
fn thumbnail_from_pixels(
    py: Python<'_>,
    pixels: PyBackedBytes,
    width: u32,
    height: u32,
    channels: usize,
    target_width: u32,
    format: &str,
) -> PyResult<Thumbnail> {
    let options = options(target_width, format, false, Limits::default())?;
    guarded(py, || {
        thumbs::thumbnail_from_pixels(&pixels, (width, height), channels, &options).map(Thumbnail)
    })
}

#[pyfunction]
fn thumbhash<'py>(
    py: Python<'py>,
    pixels: PyBackedBytes,
    width: u32,
    height: u32,
    channels: usize,
) -> PyResult<Bound<'py, PyBytes>> {
    let hash = guarded(py, || thumbs::thumbhash(&pixels, (width, height), channels))?;
    Ok(PyBytes::new(py, &hash))
}

#[pyfunction]
fn probe_image(py: Python<'_>, path: PathBuf) -> PyResult<(&'static str, u32, u32)> {
    let probe = guarded(py, || thumbs::probe(&path))?;
    Ok((probe.format.name(), probe.width, probe.height))
}

#[pyfunction]
fn lower_thread_priority() {
    pool::lower_priority();
}

/// Add the functions to the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Thumbnail>()?;
    module.add_function(wrap_pyfunction!(thumbnail, module)?)?;
    module.add_function(wrap_pyfunction!(thumbnail_from_pixels, module)?)?;
    module.add_function(wrap_pyfunction!(thumbnail_pixels, module)?)?;
    module.add_function(wrap_pyfunction!(self::thumbhash, module)?)?;
    module.add_function(wrap_pyfunction!(probe_image, module)?)?;
    module.add_function(wrap_pyfunction!(lower_thread_priority, module)?)
}
