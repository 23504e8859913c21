//! Python's view of the core's errors, and the one place where a panic ends.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;
use pyo3::{create_exception, exceptions::PyException};

create_exception!(
    cozygen_core,
    CoreError,
    PyException,
    "Base of every error that the core names itself."
);
create_exception!(
    cozygen_core,
    DecodeError,
    CoreError,
    "The file is broken, or not what it claims to be."
);
create_exception!(
    cozygen_core,
    UnsupportedFormatError,
    CoreError,
    "No decoder for this kind of file."
);
create_exception!(
    cozygen_core,
    TooLargeError,
    CoreError,
    "The file exceeds a limit; the message names the limit."
);
create_exception!(
    cozygen_core,
    IndexCorruptError,
    CoreError,
    "A cache file cannot be used and must be rebuilt."
);
create_exception!(
    cozygen_core,
    InternalError,
    CoreError,
    "A panic was caught at the border: a defect of the core."
);

/// Add the exception classes to the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("CoreError", py.get_type::<CoreError>())?;
    module.add("DecodeError", py.get_type::<DecodeError>())?;
    module.add("UnsupportedFormatError", py.get_type::<UnsupportedFormatError>())?;
    module.add("TooLargeError", py.get_type::<TooLargeError>())?;
    module.add("IndexCorruptError", py.get_type::<IndexCorruptError>())?;
    module.add("InternalError", py.get_type::<InternalError>())
}

/// Run `work` without the GIL; a panic inside becomes [`InternalError`].
pub fn guarded<T, E, F>(py: Python<'_>, work: F) -> PyResult<T>
where
    T: Send,
    E: Send + Into<PyErr>,
    F: Send + FnOnce() -> Result<T, E>,
{
    py.detach(|| catch_unwind(AssertUnwindSafe(work)))
        .map_err(|panic| InternalError::new_err(panic_message(panic.as_ref())))?
        .map_err(Into::into)
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("the core panicked: {}", text.unwrap_or("no message"))
}
