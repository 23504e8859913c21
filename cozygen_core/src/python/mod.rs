//! Bindings: read arguments, release the GIL, call, map the error.

mod errors;
mod gallery;
mod qr;
mod tags;
mod thumbs;

use pyo3::prelude::*;

/// The extension module `cozygen_core._cozygen_core`.
#[pymodule]
fn _cozygen_core(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(qr::qr_text, module)?)?;
    errors::register(module)?;
    tags::register(module)?;
    thumbs::register(module)?;
    gallery::register(module)
}
